// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.concurrency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** The searches find what they are for: a wait that nothing ends, planted in a copy. */
class LostWakeUpTest {

  /** As a wait queue for two pieces, but the test and the wait are two steps. */
  public static class Operations {
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private int free = 2;

    @Operation
    public boolean two() {
      synchronized (this) {
        if (waiting.isEmpty() && free >= 2) {
          free -= 2;
          return true;
        }
      }
      synchronized (this) { // what is given back between the two wakes nobody
        waiting.add(2);
        return false;
      }
    }

    @Operation
    public synchronized void giveBack() {
      free++;
      while (!waiting.isEmpty() && free >= waiting.peek()) {
        free -= waiting.remove();
      }
    }

    @Operation
    public synchronized int waiters() {
      return waiting.size();
    }
  }

  @Test
  void a_planted_lost_wake_up_is_found() {
    assertThatThrownBy(() -> Interleavings.searchAtLength(Operations.class))
        .isInstanceOf(LincheckAssertionError.class);
  }
}
