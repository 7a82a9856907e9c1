// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import java.util.ArrayList;
import java.util.List;

/** What is found in one run; seen from inside and outside of the isolating loader. */
public final class Findings {

  private static final ThreadLocal<Findings> CURRENT = new ThreadLocal<>();

  private final int mostTries;
  private final boolean shrinks;
  private final List<Finding> found = new ArrayList<>();
  private int properties;

  Findings(int mostTries, boolean shrinks) {
    this.mostTries = mostTries;
    this.shrinks = shrinks;
  }

  /** That of the run of this thread; null outside of runs. */
  public static Findings current() {
    return CURRENT.get();
  }

  void begin() {
    CURRENT.set(this);
  }

  static void end() {
    CURRENT.remove();
  }

  /** The most tries of a property. */
  public int mostTries() {
    return mostTries;
  }

  /** Whether examples are made as small as they can be. */
  public boolean shrinks() {
    return shrinks;
  }

  /** A property was looked at. */
  public void ran() {
    properties++;
  }

  /** A property has failed. */
  public void failed(String property, int tries, int lines) {
    found.add(new Finding(property, tries, lines));
  }

  /** How many properties were looked at. */
  int properties() {
    return properties;
  }

  List<Finding> found() {
    return found;
  }
}
