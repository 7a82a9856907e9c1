// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Ledger;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random and mutated frames through a whole host: nothing throws, and every frame has one fate. A
 * hundred thousand in each build, ten million with {@code -Plong}.
 */
class BadInputTest {

  private static final long FRAMES = Long.getLong("ringside.bad.input.frames", 100_000);
  private static final int PER_CHECK = 10_000;
  private static final Duration STEP = Duration.ofMillis(10);

  private static final LabTopology TOPOLOGY =
      LabTopology.of(
          2,
          2,
          VmSpec.named("vm1"),
          VmSpec.named("vm2").vlan(100),
          VmSpec.named("vm3").switched(),
          VmSpec.named("vm4").vlan(200).switched());

  @Test
  void whatever_comes_in_nothing_throws_and_every_frame_has_one_fate() {
    try (Lab lab = Lab.builder().topology(TOPOLOGY).withoutTracing().open()) {
      List<VirtualMachine> vms = lab.host().vms();
      vms.get(0).onUdp(7, packet -> vms.get(0).send(Packets.udp().to(lab.wire()).payload("!")));
      List<Endpoint> endpoints = new ArrayList<>(vms);
      endpoints.add(lab.wire());
      FrameSource source = new FrameSource(endpoints);
      for (long frame = 1; frame <= FRAMES; frame++) {
        send(lab, source);
        if (frame % PER_CHECK == 0) {
          tidyUp(lab, frame / PER_CHECK);
        }
      }
      lab.advance(Duration.ofSeconds(100));
      report(lab.ledger());
      assertThat(lab.ledger().violations()).isEmpty();
      assertThat(lab.ledger().live()).isZero();
      assertThat(lab.ledger().dropped(DropReason.MALFORMED)).isGreaterThan(FRAMES / 20);
      assertThat(lab.ledger().delivered()).isGreaterThan(FRAMES / 4);
    }
  }

  private static void send(Lab lab, FrameSource source) {
    Packet packet = source.next();
    int sender = source.next(8);
    try {
      if (sender < lab.host().vms().size()) {
        lab.host().vms().get(sender).send(packet);
      } else {
        lab.wire().send(packet);
      }
    } catch (RuntimeException | AssertionError e) {
      String frame = HexFormat.of().formatHex(packet.toByteArray());
      throw new AssertionError("sender " + sender + ", frame " + frame, e);
    }
  }

  /** Empties what would fill up, lets time pass, and now and then changes the active NIC. */
  private static void tidyUp(Lab lab, long round) {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.wire().inbox().clear();
    lab.host().vms().forEach(vm -> vm.inbox().clear());
    lab.advance(STEP);
    if (round % 3 == 0) {
      String active = lab.host().aggregator().activeName();
      lab.host().pnics().forEach(nic -> nic.repair());
      lab.host().pnic(active == null ? "p0" : active).fail();
    }
  }

  private static void report(Ledger ledger) {
    StringBuilder text = new StringBuilder("bad input: ").append(FRAMES).append(" frames sent, ");
    text.append(ledger.injected()).append(" injected with the answers to them, ");
    text.append(ledger.cloned()).append(" cloned, ").append(ledger.delivered());
    text.append(" delivered, ").append(ledger.dropped()).append(" dropped");
    for (DropReason reason : DropReason.values()) {
      if (ledger.dropped(reason) > 0) {
        text.append(", ").append(reason).append(' ').append(ledger.dropped(reason));
      }
    }
    System.out.println(text);
  }
}
