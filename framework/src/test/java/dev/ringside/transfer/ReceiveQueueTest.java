// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import static dev.ringside.transfer.Bench.message;
import static dev.ringside.transfer.Protocol.RDMA;
import static dev.ringside.transfer.Protocol.TCP_IP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.ring.Waiter;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chunks need buffers that the receiver has posted. */
class ReceiveQueueTest {

  private final Bench bench = new Bench();
  private final ReceiveQueue buffers = bench.transfers.receiveQueue(bench.b);

  @BeforeEach
  void onTwoBlades() {
    bench.move(bench.b, "c1/b2");
    bench.move(bench.c, "c1/b3");
    buffers.withdrawBuffers();
    buffers.setReposting(false);
    buffers.setBufferBytes(100);
  }

  @Test
  void a_sender_without_credit_waits_until_a_buffer_is_posted() {
    Transfer transfer = bench.transfers.start(bench.a, bench.b, message(250));

    assertThat(transfer.isOpen()).isTrue();
    assertThat(bench.world.waiters())
        .extracting(Waiter::toString)
        .containsExactly(
            "a>b waits for 1 buffer of receive queue of b since PT0S, until b posting a buffer");
    buffers.post(2);
    assertThat(transfer.acknowledgedBytes()).isEqualTo(200);
    assertThat(buffers.waiters()).hasSize(1);
    buffers.post(1);

    assertThat(transfer.received()).isEqualTo(message(250));
    assertThat(transfer.protocols()).containsExactly(RDMA);
    assertThat(bench.world.waiters()).isEmpty();
    assertThat(buffers.posted()).isEqualTo(3);
    assertThat(buffers).hasToString("receive queue of b has 0 of 0 buffers free");
  }

  @Test
  void senders_are_served_in_the_order_in_which_they_came() {
    Transfer first = bench.transfers.start(bench.a, bench.b, message(200));
    Transfer second = bench.transfers.start(bench.c, bench.b, message(100));

    buffers.post(1);
    assertThat(first.acknowledgedBytes()).isEqualTo(100);
    buffers.post(1);
    assertThat(second.isDelivered()).isTrue(); // the first one's second chunk came later
    assertThat(first.isDelivered()).isFalse();
    buffers.post(1);

    assertThat(first.isDelivered()).isTrue();
  }

  @Test
  void a_sender_that_has_waited_too_long_takes_the_network() {
    TransferConfig config = TransferConfig.DEFAULT.withCreditTimeout(Duration.ofMillis(20));
    Transfer transfer = bench.start(message(300), config, bench.a, bench.b);
    buffers.post(1);

    bench.advance(Duration.ofMillis(19));
    assertThat(transfer.acknowledgedBytes()).isEqualTo(100);
    bench.advance(Duration.ofMillis(10));

    assertThat(transfer.received()).isEqualTo(message(300));
    assertThat(transfer.protocols()).containsExactly(RDMA, TCP_IP);
    assertThat(transfer.hops().get(0).stretches().get(1))
        .hasToString(
            "TCP_IP over [CHASSIS_INTERCONNECT] from byte 100: 1 unit (RDMA: no buffer of b for"
                + " PT0.02S)");
    assertThat(bench.world.waiters()).isEmpty();
  }

  @Test
  void a_sender_that_moves_next_to_the_receiver_needs_no_buffer_any_more() {
    Transfer transfer = bench.transfers.start(bench.a, bench.b, message(250));

    bench.move(bench.a, "c1/b2");

    assertThat(transfer.isDelivered()).isTrue();
    assertThat(bench.world.waiters()).isEmpty();
    assertThat(buffers.credits()).isZero();
  }

  @Test
  void a_transfer_that_fails_waits_no_more() {
    Transfer transfer = bench.transfers.start(bench.a, bench.b, message(250));

    buffers.close();

    assertThat(buffers.isClosed()).isTrue();
    assertThat(transfer.isOpen()).isFalse();
    assertThat(bench.world.waiters()).isEmpty();
    assertThat(buffers).hasToString("receive queue of b has 0 of 0 buffers free, closed");
  }

  @Test
  void buffers_that_are_posted_again_serve_any_number_of_chunks() {
    buffers.setReposting(true);
    buffers.post(1);

    Transfer transfer = bench.transfers.start(bench.a, bench.b, message(10_000));

    assertThat(transfer.units()).isEqualTo(100);
    assertThat(transfer.received()).isEqualTo(message(10_000));
    assertThat(buffers.credits()).isOne();
    assertThat(buffers.outstanding()).isZero();
    assertThat(buffers.posted()).isEqualTo(101);
    assertThat(buffers.owner()).isEqualTo("b");
  }

  @Test
  void numbers_out_of_range_are_refused() {
    assertThatThrownBy(() -> buffers.post(-1)).hasMessage("cannot post -1 buffers: say 0 or more");
    assertThatThrownBy(() -> buffers.setBufferBytes(0))
        .hasMessage("a buffer of 0 bytes takes nothing");
  }
}
