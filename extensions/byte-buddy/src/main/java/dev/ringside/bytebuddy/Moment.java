// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

/** On which side of an operation a fault point is. */
enum Moment {
  BEFORE("before"),
  AFTER("after");

  private final String text;

  Moment(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
