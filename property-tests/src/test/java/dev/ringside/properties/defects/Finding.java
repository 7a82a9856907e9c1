// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

/**
 * A property that has failed.
 *
 * @param property the class and the method
 * @param tries how many tries it took, the last included
 * @param lines the size of the script that shows it, shrunk if the hunt shrinks
 */
record Finding(String property, int tries, int lines) {}
