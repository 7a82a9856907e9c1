// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

/**
 * Something that a check has found.
 *
 * <pre>{@code
 * for (Finding finding : session.findings()) {
 *   System.out.println(finding); // undrained rings: ring p0/rx0 has 3 of 256 slots in use
 * }
 * }</pre>
 *
 * @param check which check
 * @param text what is wrong, with names and numbers
 * @param cure what to do about it
 */
public record Finding(LabCheck check, String text, String cure) {

  @Override
  public String toString() {
    return check.text() + ": " + text;
  }
}
