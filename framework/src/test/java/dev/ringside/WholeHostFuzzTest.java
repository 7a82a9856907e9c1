// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random and mutated frames through a whole host: no exception, and every one has a fate. */
class WholeHostFuzzTest {

  private static final int FRAMES = Integer.getInteger("ringside.fuzz.frames", 200_000);

  private final SeededRandom random = Seed.of(0xf022).stream("frames");
  private final List<byte[]> real = new ArrayList<>();

  WholeHostFuzzTest() {
    for (String name : List.of("everyday", "syn-flood", "udp-flood", "vlan-qinq")) {
      String resource = "/captures/" + name + ".pcap";
      for (CapturedPacket captured :
          CaptureReader.readAll(getClass().getResourceAsStream(resource), resource)) {
        real.add(captured.packet().toByteArray());
      }
    }
  }

  @Test
  void random_and_mutated_frames_all_have_a_fate() {
    try (Lab lab = Lab.builder().withoutTracing().open()) {
      for (int i = 0; i < FRAMES; i++) {
        lab.wire().send(next(lab));
        if (i % 1_000 == 0) {
          disturb(lab);
          assertThat(lab.ledger().violations()).isEmpty();
        }
      }
      lab.advance(Duration.ofMinutes(5));

      assertThat(lab.ledger().violations()).isEmpty();
      assertThat(lab.ledger().injected()).isGreaterThanOrEqualTo(FRAMES);
      assertCountersAgree(lab);
    }
  }

  private Packet next(Lab lab) {
    byte[] bytes = random.nextInt(4) == 0 ? noise() : mutated();
    if (bytes.length >= 14 && random.nextInt(2) == 0) {
      address(bytes, lab);
    }
    return Packet.of(bytes);
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 9_100 : 200)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** A real frame with some bytes changed, and perhaps cut off. */
  private byte[] mutated() {
    byte[] frame = real.get(random.nextInt(real.size()));
    int length = random.nextInt(4) == 0 ? random.nextInt(frame.length + 1) : frame.length;
    byte[] bytes = java.util.Arrays.copyOf(frame, length);
    for (int changes = random.nextInt(4); changes > 0 && length > 0; changes--) {
      bytes[random.nextInt(Math.min(length, 80))] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Sends it to somebody who is there. */
  private void address(byte[] bytes, Lab lab) {
    MacAddress mac =
        switch (random.nextInt(4)) {
          case 0 -> lab.vm("vm1").mac();
          case 1 -> lab.vm("vm2").mac();
          case 2 -> lab.host().pnic("p0").mac();
          default -> MacAddress.BROADCAST;
        };
    for (int i = 0; i < 6; i++) {
      bytes[i] = (byte) (mac.bits() >>> 40 - 8 * i);
    }
  }

  /** Time passes, guests stop and go on, NICs fail, settings change, inboxes are emptied. */
  private void disturb(Lab lab) {
    PhysicalNic nic = lab.host().pnic("p" + random.nextInt(2));
    VirtualFunction function = nic.virtualFunction(random.nextInt(2));
    switch (random.nextInt(12)) {
      case 0 -> nic.fail();
      case 1 -> nic.repair();
      case 2 -> lab.cable(nic.name()).unplug();
      case 3 -> lab.cable(nic.name()).plug();
      case 4 -> lab.vm("vm1").pause();
      case 5 -> lab.vm("vm1").resume();
      case 6 -> function.setVlan(random.nextInt(2) * 100);
      case 7 -> function.setTrusted(true);
      case 8 -> function.requestPromiscuous(random.nextInt(2) == 0);
      case 9 -> lab.cable(nic.name()).toHost().setLatency(Duration.ofNanos(random.nextInt(9_000)));
      case 10 -> lab.cable(nic.name()).toNetwork().setBandwidth(random.nextInt(2) * 1_000_000_000L);
      default -> nic.setPromiscuous(random.nextInt(2) == 0);
    }
    lab.advance(Duration.ofMillis(random.nextInt(100)));
    lab.wire().inbox().clear();
    lab.vm("vm1").inbox().clear();
    lab.vm("vm2").inbox().clear();
  }

  private static void assertCountersAgree(Lab lab) {
    for (PhysicalNic nic : lab.host().pnics()) {
      long refused = 0;
      for (int i = 0; i < nic.config().receiveRings(); i++) {
        refused += nic.receiveRing(i).droppedFull();
      }
      for (VirtualFunction function : nic.virtualFunctions()) {
        ReceiveRing ring = function.receiveRing(0);
        refused += ring.droppedFull();
        assertThat(ring.received()).isGreaterThanOrEqualTo(function.account().received());
        assertThat(function.counters().receivedPackets() + function.counters().sentPackets())
            .isEqualTo(function.account().sent());
      }
      Account account = nic.account();
      assertThat(account.dropped(DropReason.RING_FULL)).isGreaterThanOrEqualTo(refused);
      assertThat(nic.counters().receivedPackets()).isLessThanOrEqualTo(account.received());
    }
  }
}
