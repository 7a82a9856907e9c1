// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.PortCounters;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
      addQuestions(lab.vm("vm1"));
      addQuestions(lab.vm("vm2"));
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
      assertThat(lab.vm("vm1").stack().account().received()).isGreaterThan(FRAMES / 20);
      assertThat(lab.vm("vm2").stack().account().received()).isGreaterThan(FRAMES / 20);
      assertThat(lab.wire().stack().account().received()).isGreaterThan(FRAMES / 100);
      assertCountersAgree(lab);
    }
  }

  /** Packets that a guest reacts to, as often among the real ones as those are few. */
  private void addQuestions(VirtualMachine vm) {
    List<PacketSpec> questions =
        List.of(
            udp().to(vm).payloadSize(100),
            udp().to(vm).ipv6().payloadSize(100),
            udp().to(vm).fragment(0, true).payloadSize(64),
            ip(17).to(vm).fragment(72, false).payloadSize(64),
            tcp().to(vm).syn(),
            icmp().to(vm).echoRequest(1, 1),
            icmpv6().to(vm).echoRequest(1, 1),
            arp().request().from(Endpoint.STATION).to(vm),
            icmpv6().from(Endpoint.STATION).neighbourSolicitation(vm.ipv6()));
    int times = real.size() / 4 / questions.size();
    for (PacketSpec question : questions) {
      real.addAll(Collections.nCopies(times, question.toPacket().toByteArray()));
    }
  }

  private Packet next(Lab lab) {
    byte[] bytes = random.nextInt(4) == 0 ? noise() : mutated();
    if (bytes.length >= 14 && random.nextInt(4) > 0) {
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
    byte[] bytes = Arrays.copyOf(frame, length);
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
    switch (random.nextInt(16)) {
      case 0 -> nic.fail();
      case 1, 2, 3 -> nic.repair();
      case 4 -> lab.cable(nic.name()).unplug();
      case 5, 6, 7 -> lab.cable(nic.name()).plug();
      case 8 -> lab.vm("vm1").pause();
      case 9 -> lab.vm("vm1").resume();
      case 10 -> function.setVlan(random.nextInt(2) * 100);
      case 11 -> function.setTrusted(true);
      case 12 -> function.requestPromiscuous(random.nextInt(2) == 0);
      case 13 -> lab.cable(nic.name()).toHost().setLatency(Duration.ofNanos(random.nextInt(9_000)));
      case 14 -> lab.cable(nic.name()).toNetwork().setBandwidth(random.nextInt(2) * 1_000_000_000L);
      default -> nic.filter().setPromiscuous(random.nextInt(2) == 0);
    }
    lab.advance(Duration.ofMillis(random.nextInt(100)));
    lab.wire().inbox().clear();
    lab.vm("vm1").inbox().clear();
    lab.vm("vm2").inbox().clear();
  }

  private static void assertCountersAgree(Lab lab) {
    for (PhysicalNic nic : lab.host().pnics()) {
      long refused = nic.transmitRing().droppedFull();
      for (int i = 0; i < nic.config().receiveRings(); i++) {
        refused += nic.receiveRing(i).droppedFull();
      }
      for (VirtualFunction function : nic.virtualFunctions()) {
        ReceiveRing ring = function.receiveRing(0);
        refused += ring.droppedFull() + function.transmitRing().droppedFull();
        PortCounters counters = function.counters();
        assertThat(ring.received()).isGreaterThanOrEqualTo(counters.receivedPackets());
        assertThat(counters.receivedPackets() + counters.sentPackets())
            .isEqualTo(function.account().sent());
      }
      assertThat(nic.account().dropped(DropReason.RING_FULL)).isEqualTo(refused);
      assertThat(nic.counters().receivedPackets()).isLessThanOrEqualTo(nic.account().received());
    }
  }
}
