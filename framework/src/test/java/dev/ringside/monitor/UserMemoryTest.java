// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The slots themselves, without a monitor. */
class UserMemoryTest {

  private final UserMemory memory = userMemory(slots(3).of(64));

  private int store(int port) {
    return memory.store(packet(port), port, 0);
  }

  private static Packet packet(int port) {
    return udp()
        .to("192.0.2.20")
        .toMac("02:00:5e:10:00:0b")
        .port(port)
        .payloadSize(40)
        .toPacket()
        .withId(port);
  }

  private List<Integer> order() {
    List<Integer> ports = new ArrayList<>();
    for (int slot = memory.oldest(); slot >= 0; slot = memory.after(slot)) {
      ports.add(memory.packet(slot).destinationPort());
    }
    return ports;
  }

  @Test
  void keeps_packets_in_the_order_in_which_they_came_whatever_is_released() {
    int one = store(1);
    int two = store(2);
    int three = store(3);

    memory.release(two);
    store(4);
    memory.release(one);
    store(5);
    memory.release(three);

    assertThat(order()).containsExactly(4, 5);
    assertThat(memory.used()).isEqualTo(2);
    assertThat(memory.free()).isEqualTo(1);
    assertThat(memory.highestUsed()).isEqualTo(3);
    assertThat(memory.copies()).isEqualTo(5);
  }

  @Test
  void keeps_the_first_bytes_of_what_is_too_long_and_its_real_length() {
    int slot = store(7);

    assertThat(memory.length(slot)).isEqualTo(64);
    assertThat(memory.realLength(slot)).isEqualTo(82);
    assertThat(memory.packet(slot).toByteArray())
        .isEqualTo(java.util.Arrays.copyOf(packet(7).toByteArray(), 64));
    assertThat(memory.packet(slot).id()).isEqualTo(7);
  }

  @Test
  void is_only_for_one_monitor() {
    memory.claim("ids", this);

    assertThatThrownBy(() -> memory.claim("tap", this))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("this user memory belongs to monitor ids; make another for tap");
  }

  @Test
  void refuses_shapes_that_no_memory_can_have() {
    assertThatThrownBy(() -> slots(-1))
        .hasMessage("user memory of -1 slots: it must have 0 to 1048576");
    assertThatThrownBy(() -> slots(1).of(0))
        .hasMessage("user memory with slots of 0 bytes: say 1 to 65535");
    assertThat(userMemory(slots(0)).free()).isZero();
  }

  @Test
  void says_in_messages_how_many_slots_are_in_use() {
    store(1);

    assertThat(memory).hasToString("user memory has 1 of 3 slots in use");
  }
}
