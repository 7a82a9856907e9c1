// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.memory.TransmitBufferRequest;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a request for a transmit buffer.
 *
 * <pre>{@code
 * assertThat(request).isWaiting();
 * other.release();
 * assertThat(request).isGrantedOnNode(0);
 * }</pre>
 */
public class TransmitBufferRequestAssert
    extends AbstractRingsideAssert<TransmitBufferRequestAssert, TransmitBufferRequest> {

  /** Assertions about this one. */
  public TransmitBufferRequestAssert(@Nullable TransmitBufferRequest actual) {
    super(actual, TransmitBufferRequestAssert.class);
  }

  @Override
  protected String subject() {
    return "request of " + actual.application() + " for a transmit buffer";
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.application().transmitBuffers().world());
  }

  private String state() {
    return actual.isGranted()
        ? "granted " + actual.granted().name()
        : actual.isWaiting() ? "waiting" : "refused, " + actual.refusal();
  }

  private TransmitBufferRequestAssert verifyIs(String wanted, boolean holds) {
    return verify(() -> holds ? null : new ShouldBe(subject(), wanted, state(), evidence()));
  }

  /**
   * That there is a buffer for it.
   *
   * <pre>{@code
   * assertThat(request).isGranted(); // passes
   * assertThat(request).isWaiting(); // fails
   * }</pre>
   */
  public TransmitBufferRequestAssert isGranted() {
    isNotNull();
    return verifyIs("granted", actual.isGranted());
  }

  /**
   * That there is a buffer for it, on this node.
   *
   * <pre>{@code
   * assertThat(request).isGrantedOnNode(0); // passes
   * assertThat(request).isGrantedOnNode(1); // fails
   * }</pre>
   */
  public TransmitBufferRequestAssert isGrantedOnNode(int node) {
    isNotNull();
    boolean holds = actual.isGranted() && actual.granted().node() == node;
    return verifyIs("granted on node " + node, holds);
  }

  /**
   * That it waits.
   *
   * <pre>{@code
   * assertThat(request).isWaiting(); // passes
   * other.release();
   * assertThat(request).isWaiting(); // fails
   * }</pre>
   */
  public TransmitBufferRequestAssert isWaiting() {
    isNotNull();
    return verifyIs("waiting", actual.isWaiting());
  }

  /**
   * That there will be no buffer for it.
   *
   * <pre>{@code
   * host.pnic("p0").fail(); // the only one
   * assertThat(buffers.request("web")).isRefused(); // passes
   * }</pre>
   */
  public TransmitBufferRequestAssert isRefused() {
    isNotNull();
    return verifyIs("refused", actual.refusal() != null);
  }
}
