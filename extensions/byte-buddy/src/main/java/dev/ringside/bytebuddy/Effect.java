// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import org.jspecify.annotations.Nullable;

/**
 * What a fault does, around an operation.
 *
 * @param text as the journal tells it
 * @param replaces whether it decides if the operation is carried out at all
 * @param deed does it, and goes on with the operation if that is to be
 */
record Effect<D>(String text, boolean replaces, Deed<D> deed) {

  /** Does it. */
  @FunctionalInterface
  interface Deed<D> {
    @Nullable Object apply(Call<D> call, Call.Next next);
  }
}
