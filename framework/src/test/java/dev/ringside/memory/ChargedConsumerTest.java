// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.packet.Packet;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Receiver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A consumer that does not always take packets itself. */
class ChargedConsumerTest {

  private final Lab lab = Lab.open();
  private final Quota quota = lab.host().memory().reserveForApplication("own", bytes(120));
  private final Choosy choosy = new Choosy();
  private final ChargedConsumer consumer = quota.inFrontOf(choosy);
  private final Packet packet = udp().to(lab.host().vm("vm1")).port(53).toPacket();

  @AfterEach
  void close() {
    lab.close();
  }

  private static final class Choosy implements Receiver {
    private final List<Packet> seen = new ArrayList<>();
    private boolean ready = true;
    private boolean takes = true;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public boolean takes(Packet packet, @Nullable PacketQueue queue) {
      return takes;
    }

    @Override
    public void accept(Packet packet) {
      seen.add(packet);
    }
  }

  @Test
  void is_ready_when_the_one_behind_it_is() {
    assertThat(consumer.isReady()).isTrue();
    choosy.ready = false;
    assertThat(consumer.isReady()).isFalse();
    assertThat(quota.inFrontOf(choosy.seen::add).isReady()).isTrue();
  }

  @Test
  void takes_what_the_one_behind_it_takes_and_memory_is_there_for() {
    choosy.takes = false;
    assertThat(consumer.takes(packet, null)).isFalse();
    choosy.takes = true;
    assertThat(consumer.takes(packet, null)).isTrue();
    consumer.accept(packet);
    consumer.accept(packet);

    assertThat(consumer.takes(packet, null)).isFalse();
    assertThat(consumer.held()).isEqualTo(2);
    assertThat(choosy.seen).containsExactly(packet, packet);
    assertThat(consumer.release(9)).isEqualTo(2);
    assertThat(consumer.takes(packet, null)).isTrue();
  }
}
