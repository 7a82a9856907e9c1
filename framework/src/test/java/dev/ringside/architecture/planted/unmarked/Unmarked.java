// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.unmarked;

/** Its package has no package-info. */
public interface Unmarked {}
