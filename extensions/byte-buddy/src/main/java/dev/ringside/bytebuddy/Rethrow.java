// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

/** Lets through what a method handle throws, as if the method had been called. */
final class Rethrow {

  private Rethrow() {}

  static RuntimeException asIs(Throwable thrown) {
    return Rethrow.<RuntimeException>sneaky(thrown);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // erased: nothing is cast
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
