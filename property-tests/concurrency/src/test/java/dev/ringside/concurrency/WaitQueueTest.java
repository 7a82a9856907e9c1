// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.concurrency;

import dev.ringside.Lab;
import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

class WaitQueueTest {

  /** Three pieces; requests take one or two, and wait where there are fewer. */
  public static class Operations {
    private final Lab lab = SmallLab.plain();
    private final WaitQueue queue = new WaitQueue(lab.world().waits(), "pieces", "piece");
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private int free = 3;

    @Operation
    public boolean one() {
      return take(1);
    }

    @Operation
    public boolean two() {
      return take(2);
    }

    private boolean take(int pieces) {
      return lab.world()
          .call(
              () -> {
                WaitQueue.Request request = () -> grant(pieces);
                if (queue.isEmpty() && request.tryGrant()) {
                  return true;
                }
                waiting.add(queue.add("test", pieces, "a piece that is given back", request));
                return false;
              });
    }

    private boolean grant(int pieces) {
      if (free < pieces) {
        return false;
      }
      free -= pieces;
      return true;
    }

    @Operation
    public void giveBack() {
      lab.world()
          .run(
              () -> {
                free++;
                queue.wake();
              });
    }

    @Operation
    public boolean cancelLast() {
      return lab.world()
          .call(
              () -> {
                Waiter last = waiting.pollLast();
                return last != null && last.cancel();
              });
    }

    @Operation
    public int waiters() {
      return lab.waiters().size();
    }
  }

  @Test
  void nobody_waits_for_what_is_there() {
    Interleavings.search(Operations.class);
  }

  @Test
  void nobody_waits_for_what_is_there_under_stress() {
    Interleavings.stress(Operations.class);
  }
}
