// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A request as a stage; made only where somebody asks for one. */
final class Completion<T> {

  private final CompletableFuture<T> future = new CompletableFuture<>();

  /** What the user gets, who cannot complete it. */
  CompletionStage<T> stage() {
    return future.minimalCompletionStage();
  }

  /**
   * Completes it with what was granted, or with why nothing will be; not while neither is known.
   */
  void end(@Nullable T granted, @Nullable String refusal) {
    if (granted != null) {
      future.complete(granted);
    } else if (refusal != null) {
      future.completeExceptionally(new CancellationException(refusal));
    }
  }
}
