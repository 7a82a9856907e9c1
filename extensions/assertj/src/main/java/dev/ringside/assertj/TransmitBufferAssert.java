// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.memory.TransmitBuffer;
import dev.ringside.memory.TransmitBufferState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a transmit buffer.
 *
 * <pre>{@code
 * assertThat(buffers.request("web").granted()).isOnNode(1).isFor("p0").isAllocated();
 * }</pre>
 */
public class TransmitBufferAssert
    extends AbstractRingsideAssert<TransmitBufferAssert, TransmitBuffer> {

  /** Assertions about this one. */
  public TransmitBufferAssert(@Nullable TransmitBuffer actual) {
    super(actual, TransmitBufferAssert.class);
  }

  @Override
  protected String subject() {
    return "transmit buffer " + actual.name() + " of " + actual.application();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.application().transmitBuffers().world());
  }

  private TransmitBufferAssert verifyIs(String wanted, boolean holds, String found) {
    return verify(() -> holds ? null : new ShouldBe(subject(), wanted, found, evidence()));
  }

  /**
   * That it is on this node.
   *
   * <pre>{@code
   * assertThat(buffer).isOnNode(1); // passes
   * assertThat(buffer).isOnNode(0); // fails
   * }</pre>
   */
  public TransmitBufferAssert isOnNode(int node) {
    isNotNull();
    return verifyIs("on node " + node, actual.node() == node, "on node " + actual.node());
  }

  /**
   * That it is to be sent by this NIC.
   *
   * <pre>{@code
   * assertThat(buffer).isFor("p0"); // passes
   * host.pnic("p0").fail();
   * assertThat(buffer).isFor("p0"); // fails
   * }</pre>
   */
  public TransmitBufferAssert isFor(String nic) {
    isNotNull();
    String found = actual.nic();
    return verifyIs(
        "for " + nic, Objects.equals(found, nic), "for " + (found == null ? "no NIC" : found));
  }

  /**
   * That nobody has it any more.
   *
   * <pre>{@code
   * buffer.release();
   * assertThat(buffer).isFree(); // passes
   * assertThat(buffer).isAllocated(); // fails
   * }</pre>
   */
  public TransmitBufferAssert isFree() {
    return hasState(TransmitBufferState.FREE);
  }

  /**
   * That its application copies into it.
   *
   * <pre>{@code
   * assertThat(buffer).isAllocated(); // passes
   * buffer.beginDma();
   * assertThat(buffer).isAllocated(); // fails
   * }</pre>
   */
  public TransmitBufferAssert isAllocated() {
    return hasState(TransmitBufferState.ALLOCATED);
  }

  /**
   * That a NIC reads from it.
   *
   * <pre>{@code
   * buffer.beginDma();
   * assertThat(buffer).isInDma(); // passes
   * buffer.completeDma();
   * assertThat(buffer).isInDma(); // fails
   * }</pre>
   */
  public TransmitBufferAssert isInDma() {
    return hasState(TransmitBufferState.IN_DMA);
  }

  private TransmitBufferAssert hasState(TransmitBufferState state) {
    isNotNull();
    return verifyIs(state.toString(), actual.state() == state, actual.state().toString());
  }
}
