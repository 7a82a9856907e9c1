// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

/** A vertical line that cables are plugged into, down to the lowest of them. */
final class Bus {

  private final Svg svg;
  private final int x;
  private final int top;
  private int bottom;

  /** A bus that begins here and has no cables. */
  Bus(Svg svg, int x, int top) {
    this.svg = svg;
    this.x = x;
    this.top = top;
    this.bottom = top;
  }

  /** A cable from here to something at this place. */
  void cable(boolean good, int toX, int y, String title) {
    svg.cable(good, x, y, toX, y, title);
    bottom = Math.max(bottom, y);
  }

  void draw() {
    if (bottom > top) {
      svg.line(x, top, x, bottom);
    }
  }
}
