// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Eight threads want three buffers. */
class TransmitBufferThreadsTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 500;

  private final Set<String> inUse = ConcurrentHashMap.newKeySet();

  /** A wake-up that is lost would let a thread wait for ever. */
  @Test
  @Timeout(60)
  void everybody_gets_a_buffer_of_their_own_in_the_end() throws Exception {
    LabBuilder builder = Lab.builder();
    builder.host("h1").vms("web").numa(NumaTopology.nodes(2).buffers(1, 1).buffers(0, 2));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Lab lab = builder.open()) {
      TransmitBuffers pool = lab.host().transmitBuffers();
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        results.add(threads.submit(useBuffers(pool, pool.start("app" + i, i % 2))));
      }

      for (Future<Integer> result : results) {
        assertThat(result.get()).isEqualTo(ROUNDS);
      }
      assertThat(pool.free()).isEqualTo(3);
      assertThat(pool.waiters()).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  /** How many times a buffer was had by nobody else. */
  private Callable<Integer> useBuffers(TransmitBuffers pool, Application application) {
    return () -> {
      int alone = 0;
      for (int i = 0; i < ROUNDS; i++) {
        TransmitBuffer buffer = pool.request(application).completion().toCompletableFuture().join();
        alone += inUse.add(buffer.name()) ? 1 : 0;
        inUse.remove(buffer.name());
        if (i % 2 == 0) {
          buffer.release();
        } else {
          buffer.beginDma();
          buffer.completeDma();
        }
        application.moveTo(i % 2);
      }
      return alone;
    };
  }
}
