// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

/**
 * What code under test does in the real world instead of in its lab.
 *
 * <pre>{@code
 * assertThat(guard.uses()).extracting(RealWorldUse::world).containsExactly(RealWorld.SLEEP);
 * }</pre>
 */
public enum RealWorld {
  /** Reads the time of the machine. */
  WALL_CLOCK("reads the wall clock", "lab.clock()"),
  /** Waits for real time to pass. */
  SLEEP("sleeps in real time", "lab.executor(), and lab.advance(...) in the test"),
  /** Has something done when real time has passed. */
  TIMER("starts a timer in real time", "lab.executor(), and lab.advance(...) in the test"),
  /** Opens a socket of the machine. */
  SOCKET("opens a real socket", "a virtual machine of the lab, vm.send(...) and vm.onUdp(...)");

  private final String what;
  private final String instead;

  RealWorld(String what, String instead) {
    this.what = what;
    this.instead = instead;
  }

  /** What it is, as messages put it. */
  public String what() {
    return what;
  }

  /** What a test would use instead. */
  public String instead() {
    return instead;
  }
}
