// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.buffers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.InFlight;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.memory.NumaTopology;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.ring.Priority;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Packets that need buffers of which there are few, on cards that fail. */
class BufferTrafficProperties {

  private static final long SLOW = 1_000_000;
  private static final List<String> VMS = List.of("web", "db", "switched");

  /** What can happen to the traffic of a host. */
  private enum What {
    SEND_OUT,
    SEND_TO_NEIGHBOUR,
    WAIT,
    LIMIT,
    PRIORITY,
    MOVE,
    FAIL,
    REPAIR,
    SWITCH_OVER,
    REMOVE
  }

  private record Step(What what, int vm, int number) {}

  @Provide
  Arbitrary<List<Step>> scripts() {
    return scripts(Arbitraries.of(What.class));
  }

  @Provide
  Arbitrary<List<Step>> peacefulScripts() {
    return scripts(Arbitraries.of(What.SEND_OUT, What.WAIT, What.LIMIT, What.PRIORITY, What.MOVE));
  }

  private static Arbitrary<List<Step>> scripts(Arbitrary<What> kinds) {
    Arbitrary<What> oftenTraffic =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(2, Arbitraries.of(What.SEND_OUT)),
            net.jqwik.api.Tuple.of(3, kinds));
    return Combinators.combine(
            oftenTraffic,
            Arbitraries.integers().between(0, VMS.size() - 1),
            Arbitraries.integers().between(0, 12))
        .as(Step::new)
        .list()
        .ofMaxSize(25);
  }

  /** Numbers what is sent, and does the steps. */
  private static final class Run {
    final Lab lab;
    final Host host;
    int number;

    Run(int buffers, InFlight inFlight) {
      LabBuilder builder = Lab.builder().withoutTracing();
      builder
          .host("h1")
          .pnics(2)
          .virtualFunctions(2)
          .vms("web", "db")
          .vm(VmSpec.named("switched").switched())
          .aggregator(AggregatorConfig.DEFAULT.withInFlight(inFlight))
          .numa(NumaTopology.nodes(2).buffers(0, buffers).buffers(1, 1).nics(1, "p1"));
      lab = builder.open();
      host = lab.host();
      lab.cables().forEach(cable -> cable.toNetwork().setBandwidth(SLOW));
      for (String vm : VMS) {
        lab.vm(vm).announce();
      }
      lab.advance(Duration.ofSeconds(1));
    }

    void happen(Step step) {
      String vm = VMS.get(step.vm);
      String nic = "p" + step.number % 2;
      boolean there = host.hasVm(vm);
      switch (step.what) {
        case SEND_OUT -> send(vm, there, lab.wire(), step.number);
        case SEND_TO_NEIGHBOUR -> {
          String other = VMS.get((step.vm + 1) % VMS.size());
          send(
              vm,
              there && host.hasVm(other),
              there && host.hasVm(other) ? lab.vm(other) : lab.wire(),
              step.number);
        }
        case WAIT -> lab.advance(Duration.ofMillis(step.number));
        case FAIL -> host.pnic(nic).fail();
        case REPAIR -> host.pnic(nic).repair();
        case SWITCH_OVER -> switchTo(nic);
        default -> tell(step, vm, there);
      }
    }

    private void tell(Step step, String vm, boolean there) {
      if (!there) {
        return;
      }
      switch (step.what) {
        case LIMIT ->
            host.vnic(vm)
                .setBandwidth(
                    step.number == 0
                        ? null
                        : Bandwidth.ofBytesPerTick(100L * step.number, Duration.ofMillis(1)));
        case PRIORITY -> host.vnic(vm).setPriority(Priority.values()[step.number % 3]);
        case MOVE -> host.transmitBuffers().application(vm).moveTo(step.number % 2);
        default -> host.removeVm(vm);
      }
    }

    private void switchTo(String nic) {
      if (host.pnic(nic).isUsable()) {
        host.aggregator().switchTo(nic);
      }
    }

    private void send(String vm, boolean there, dev.ringside.packet.Endpoint to, int packets) {
      for (int i = 0; there && i < packets; i++) {
        lab.vm(vm).send(Packets.udp().to(to).fromPort(1_000 + ++number));
      }
    }

    /** Everything works again, and there is time for all to arrive. */
    void settle() {
      host.pnic("p0").repair();
      host.pnic("p1").repair();
      lab.advance(Duration.ofMinutes(1));
    }

    List<Integer> arrived() {
      List<Integer> arrived = new ArrayList<>(numbers(lab.wire().received()));
      host.vms().forEach(vm -> arrived.addAll(numbers(vm.received())));
      return arrived;
    }

    private static List<Integer> numbers(List<Packet> packets) {
      List<Integer> numbers = new ArrayList<>();
      for (Packet packet : packets) {
        if (packet.is(IpProtocol.UDP)) {
          numbers.add(packet.sourcePort());
        }
      }
      return numbers;
    }
  }

  @Property(tries = 150)
  void no_buffer_is_lost_and_no_packet_is_sent_twice_whatever_happens(
      @ForAll("scripts") List<Step> script,
      @ForAll @IntRange(max = 4) int buffers,
      @ForAll InFlight inFlight) {
    Run run = new Run(buffers, inFlight);
    try (Lab lab = run.lab) {
      for (Step step : script) {
        run.happen(step);
        assertThat(lab.ledger().violations()).as(step.toString()).isEmpty();
      }
      run.settle();

      assertThat(run.host.transmitBuffers().free()).isEqualTo(buffers + 1);
      assertThat(lab.waiters()).isEmpty();
      assertThat(lab.ledger().balance().live()).isZero();
      assertThat(run.arrived()).hasSameSizeAs(new HashSet<>(run.arrived()));
    }
  }

  @Property(tries = 100)
  void while_cards_work_each_sender_keeps_its_order_and_loses_only_to_its_limit(
      @ForAll("peacefulScripts") List<Step> script, @ForAll @IntRange(max = 3) int buffers) {
    Run run = new Run(buffers, InFlight.RESEND);
    try (Lab lab = run.lab) {
      script.forEach(run::happen);
      run.settle();

      long lost = lab.ledger().dropped(DropReason.RATE_LIMITED);
      assertThat(run.arrived()).hasSize((int) (run.number - lost));
      for (String vm : VMS) {
        List<Packet> its = new ArrayList<>(lab.wire().received());
        its.removeIf(packet -> !packet.sourceMac().equals(lab.vm(vm).mac()));
        assertThat(Run.numbers(its)).isSorted();
      }
    }
  }
}
