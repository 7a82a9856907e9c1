// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.concurrency;

import static dev.ringside.memory.MemorySize.bytes;

import dev.ringside.memory.Block;
import dev.ringside.memory.BlockRequest;
import dev.ringside.memory.Quota;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

class QuotaTest {

  /** A target of four bytes, of which requests take one to three. */
  public static class Operations {
    private final Quota quota = SmallLab.plain().host().memory().reserve("vm1", bytes(4));
    private final Deque<BlockRequest> requests = new ArrayDeque<>();

    @Operation
    public boolean two() {
      return request(2);
    }

    @Operation
    public boolean three() {
      return request(3);
    }

    private boolean request(long amount) {
      synchronized (quota.world()) {
        BlockRequest request = quota.request(bytes(amount));
        requests.add(request);
        return request.isGranted();
      }
    }

    @Operation
    public long release() {
      synchronized (quota.world()) {
        BlockRequest oldest = requests.peek();
        if (oldest == null || !oldest.isGranted()) {
          return -1;
        }
        requests.remove();
        Block block = oldest.block();
        block.release();
        return block.size();
      }
    }

    @Operation
    public void less() {
      quota.setLimit(bytes(3));
    }

    @Operation
    public void more() {
      quota.setLimit(bytes(6));
    }

    @Operation
    public long used() {
      return quota.used();
    }

    @Operation
    public int waiting() {
      return quota.waiters().size();
    }
  }

  @Test
  void requests_and_releases_have_an_order() {
    Interleavings.search(Operations.class);
  }

  @Test
  void requests_and_releases_have_an_order_under_stress() {
    Interleavings.stress(Operations.class);
  }
}
