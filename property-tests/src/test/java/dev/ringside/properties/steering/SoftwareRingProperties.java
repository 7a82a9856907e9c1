// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.steering;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.Packet;
import dev.ringside.ring.RingMode;
import dev.ringside.trace.Stage;
import dev.ringside.virt.SoftwareRing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Software rings share the work and mix nothing up. */
class SoftwareRingProperties {

  private static final int GUESTS = 3;

  /** What happens; the number says to which guest or ring. */
  private enum Kind {
    SEND,
    PAUSE_GUEST,
    RESUME_GUEST,
    PAUSE_RING,
    RESUME_RING,
    POLL
  }

  private record Step(Kind kind, int number, int port) {}

  @Provide
  Arbitrary<List<Step>> scripts() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(20, Kind.SEND),
                Tuple.of(1, Kind.PAUSE_GUEST),
                Tuple.of(2, Kind.RESUME_GUEST),
                Tuple.of(1, Kind.PAUSE_RING),
                Tuple.of(2, Kind.RESUME_RING),
                Tuple.of(2, Kind.POLL)),
            Arbitraries.integers().between(0, GUESTS - 1),
            Arbitraries.integers().between(1, 16))
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 300)
  void each_guest_gets_its_own_packets_in_the_order_in_which_they_came( // 7, 9
      @ForAll("scripts") List<Step> script, @ForAll boolean shared) {
    try (Lab lab = open()) {
      for (int guest = 0; guest < GUESTS; guest++) {
        lab.host().steering().steer(name(guest)).toRing(shared ? 1 : guest);
      }
      Map<String, List<Long>> sent = new LinkedHashMap<>();
      for (Step step : script) {
        carryOut(lab, step, shared, sent);
      }
      finish(lab, shared);

      for (int guest = 0; guest < GUESTS; guest++) {
        List<Long> expected = sent.getOrDefault(name(guest), List.of());
        assertThat(ids(lab.vm(name(guest)).received())).isEqualTo(expected);
        assertThat(lab.host().vnic(name(guest)).receiveRing().received())
            .isEqualTo(expected.size());
      }
      assertThat(lab.ledger().violations()).isEmpty();
      assertThat(wentThroughSoftwareRings(lab)).isTrue();
    }
  }

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .vm(VmSpec.named("g0"))
        .vm(VmSpec.named("g1").vlan(100))
        .vm(VmSpec.named("g2").vlan(200));
    return builder.open();
  }

  private static String name(int guest) {
    return "g" + guest;
  }

  private static void carryOut(Lab lab, Step step, boolean shared, Map<String, List<Long>> sent) {
    String guest = name(step.number());
    switch (step.kind()) {
      case SEND ->
          sent.computeIfAbsent(guest, key -> new ArrayList<>()).add(send(lab, guest, step));
      case PAUSE_GUEST -> lab.vm(guest).pause();
      case RESUME_GUEST -> lab.vm(guest).resume();
      case PAUSE_RING -> ring(lab, step.number(), shared).pause();
      case RESUME_RING -> ring(lab, step.number(), shared).resume();
      case POLL -> {
        lab.host().vnic(guest).receiveRing().setPolled(step.port() % 2 == 0);
        int unused = lab.host().vnic(guest).receiveRing().poll(step.port());
      }
    }
  }

  /** A guest that polls gets nothing that it has not asked for. */
  private static long send(Lab lab, String guest, Step step) {
    int vlan = lab.vm(guest).vlan();
    var spec = udp().to(lab.vm(guest)).port(step.port());
    boolean polls = lab.host().vnic(guest).receiveRing().mode() == RingMode.POLL;
    int before = lab.vm(guest).received().size();
    Packet sent = lab.wire().send(vlan == 0 ? spec : spec.vlan(vlan));
    assertThat(lab.vm(guest).received().size() == before || !polls).isTrue();
    return sent.id();
  }

  private static SoftwareRing ring(Lab lab, int guest, boolean shared) {
    return lab.host().steering().softwareRing("p0", shared ? 1 : guest);
  }

  private static void finish(Lab lab, boolean shared) {
    for (int guest = 0; guest < GUESTS; guest++) {
      ring(lab, guest, shared).resume();
      lab.vm(name(guest)).resume();
      lab.host().vnic(name(guest)).receiveRing().setPolled(false);
    }
  }

  private static List<Long> ids(List<Packet> packets) {
    return packets.stream().map(Packet::id).toList();
  }

  /** What was sent to the guests has passed no switch of the host. */
  private static boolean wentThroughSoftwareRings(Lab lab) {
    return lab.journal().entries().stream()
        .filter(entry -> entry.hop() != null && entry.hop().stage() == Stage.VIRTUAL_SWITCH)
        .noneMatch(entry -> udp().matches(entry.hop().packet()));
  }
}
