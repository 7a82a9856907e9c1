// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard.innocent;

/** Code that nobody guards. */
public final class Library {

  public static long time() {
    return System.nanoTime();
  }

  private Library() {}
}
