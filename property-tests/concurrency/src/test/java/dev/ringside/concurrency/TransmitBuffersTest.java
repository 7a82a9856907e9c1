// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.concurrency;

import dev.ringside.memory.TransmitBufferRequest;
import dev.ringside.memory.TransmitBuffers;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

class TransmitBuffersTest {

  /** Two buffers on two nodes, and an application that moves between them. */
  public static class Operations {
    private final TransmitBuffers buffers = SmallLab.buffered().host().transmitBuffers();
    private final Deque<TransmitBufferRequest> requests = new ArrayDeque<>();

    @Operation
    public String request() {
      TransmitBufferRequest request = buffers.request("vm1");
      synchronized (requests) {
        requests.add(request);
      }
      return "asked";
    }

    @Operation
    public boolean release() {
      synchronized (requests) {
        TransmitBufferRequest oldest = requests.peek();
        if (oldest == null || !oldest.isGranted()) {
          return false;
        }
        requests.remove().granted().release();
        return true;
      }
    }

    @Operation
    public void moveToOne() {
      buffers.application("vm1").moveTo(1);
    }

    @Operation
    public void add() {
      buffers.addBuffers(0, 1);
    }

    @Operation
    public int free() {
      return buffers.free();
    }

    @Operation
    public int waiting() {
      return buffers.waiters().size();
    }
  }

  @Test
  void no_buffer_has_two_owners_and_none_is_forgotten() {
    Interleavings.search(Operations.class);
  }

  @Test
  void no_buffer_has_two_owners_and_none_is_forgotten_under_stress() {
    Interleavings.stress(Operations.class);
  }
}
