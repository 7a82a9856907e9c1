// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

/**
 * Something that is wrong with one component, as a programmer might have got it wrong.
 *
 * @param system whose suites must find it
 * @param what the defect in a few words
 * @param finder the property that is asked first: the suite and the method
 * @param component the class that is wrong, and how
 */
record Defect(NumberedSystem system, String what, String finder, Component component) {

  @Override
  public String toString() {
    return system + ": " + what;
  }
}
