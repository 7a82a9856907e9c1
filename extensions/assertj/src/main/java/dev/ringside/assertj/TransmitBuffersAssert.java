// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.memory.NumaNode;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.ring.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the transmit buffers of a host.
 *
 * <pre>{@code
 * assertThat(host.transmitBuffers()).hasFree(1, 3).hasWaiters("web").hasInDma(0, 2);
 * }</pre>
 */
public class TransmitBuffersAssert
    extends AbstractRingsideAssert<TransmitBuffersAssert, TransmitBuffers> {

  /** Assertions about these. */
  public TransmitBuffersAssert(@Nullable TransmitBuffers actual) {
    super(actual, TransmitBuffersAssert.class);
  }

  @Override
  protected String subject() {
    return "transmit buffers of host " + actual.host();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  /**
   * That so many buffers of a node are free.
   *
   * <pre>{@code
   * assertThat(buffers).hasFree(0, 512); // passes
   * buffers.request("web");
   * assertThat(buffers).hasFree(0, 512); // fails
   * }</pre>
   */
  public TransmitBuffersAssert hasFree(int node, int buffers) {
    return verifyNode(node, buffers, "free", NumaNode::free);
  }

  /**
   * That applications have so many buffers of a node.
   *
   * <pre>{@code
   * buffers.request("web");
   * assertThat(buffers).hasAllocated(0, 1); // passes
   * assertThat(buffers).hasAllocated(1, 1); // fails
   * }</pre>
   */
  public TransmitBuffersAssert hasAllocated(int node, int buffers) {
    return verifyNode(node, buffers, "allocated", NumaNode::allocated);
  }

  /**
   * That NICs read from so many buffers of a node.
   *
   * <pre>{@code
   * buffers.request("web").granted().beginDma();
   * assertThat(buffers).hasInDma(0, 1); // passes
   * assertThat(buffers).hasInDma(0, 0); // fails
   * }</pre>
   */
  public TransmitBuffersAssert hasInDma(int node, int buffers) {
    return verifyNode(node, buffers, "in DMA", NumaNode::inDma);
  }

  private TransmitBuffersAssert verifyNode(
      int node, int wanted, String what, ToIntFunction<NumaNode> counter) {
    return verify(
        () -> {
          NumaNode of = actual.node(node);
          int found = counter.applyAsInt(of);
          return found == wanted
              ? null
              : new ShouldHave(
                  subject(),
                  wanted + " " + what + " on node " + node,
                  found + " of " + of.buffers(),
                  evidence());
        });
  }

  /**
   * That no buffer is in use: none was lost on the way.
   *
   * <pre>{@code
   * assertThat(buffers).hasAllFree(); // passes
   * buffers.request("web");
   * assertThat(buffers).hasAllFree(); // fails
   * }</pre>
   */
  public TransmitBuffersAssert hasAllFree() {
    return verify(
        () -> {
          for (NumaNode node : actual.nodes()) {
            if (node.free() != node.buffers()) {
              String found =
                  node.allocated() + " allocated and " + node.inDma() + " in DMA on node ";
              return new ShouldHave(subject(), "all free", found + node.id(), evidence());
            }
          }
          return null;
        });
  }

  /**
   * That these wait for a buffer and no others, the first in front.
   *
   * <pre>{@code
   * assertThat(buffers).hasWaiters("web", "db"); // passes
   * assertThat(buffers).hasWaiters("db", "web"); // fails
   * }</pre>
   */
  public TransmitBuffersAssert hasWaiters(String... owners) {
    return verify(
        () -> {
          List<String> found = new ArrayList<>();
          for (Waiter waiter : actual.waiters()) {
            found.add(waiter.owner());
          }
          return found.equals(List.of(owners))
              ? null
              : new ShouldHave(
                  subject(), "waiters " + List.of(owners), found.toString(), evidence());
        });
  }

  /**
   * That nobody waits for a buffer.
   *
   * <pre>{@code
   * assertThat(buffers).hasNoWaiters(); // passes
   * }</pre>
   */
  public TransmitBuffersAssert hasNoWaiters() {
    return hasWaiters();
  }
}
