// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

/**
 * A place where code under test uses the real world.
 *
 * <pre>{@code
 * guard.uses(); // [com.example.Poller.poll(Poller.java:42) reads the wall clock ...]
 * }</pre>
 *
 * @param type the name of the class
 * @param method the name of the method
 * @param line the line of the source, 0 where it was compiled without
 * @param call what it calls, such as {@code System.nanoTime}
 * @param world what that does
 */
public record RealWorldUse(String type, String method, int line, String call, RealWorld world) {

  /** Such as {@code com.example.Poller.poll, line 42, reads the wall clock by System.nanoTime}. */
  @Override
  public String toString() {
    return type
        + "."
        + method
        + (line == 0 ? "" : ", line " + line + ",")
        + " "
        + world.what()
        + " by "
        + call
        + "; use "
        + world.instead();
  }
}
