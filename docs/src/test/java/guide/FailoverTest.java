// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.trace.Event.failureDetected;
import static dev.ringside.trace.Event.functionMapped;
import static dev.ringside.trace.Event.functionMissing;
import static dev.ringside.trace.Event.functionUnmapped;
import static dev.ringside.trace.Event.pnicActivated;
import static dev.ringside.trace.Event.pnicDeactivated;
import static dev.ringside.trace.Event.pnicFailed;
import static dev.ringside.trace.Event.standbyChosen;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.AggregatorState;
import dev.ringside.aggregate.Candidate;
import dev.ringside.aggregate.FailoverPolicies;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.aggregate.InFlight;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.aggregate.PrimaryReselect;
import dev.ringside.aggregate.ProbeConfig;
import dev.ringside.host.Host;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailoverTest {

  private static LabBuilder oneHost(AggregatorConfig config) {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(3).virtualFunctions(4).vms("web").aggregator(config);
    return builder;
  }

  @Test
  void direct_access_follows() {
    try (Lab lab = oneHost(AggregatorConfig.DEFAULT).open()) {
      Host host = lab.host();
      // tag::order[]
      host.pnic("p0").fail();

      assertThat(lab.journal())
          .containsInOrder(
              pnicFailed("p0"),
              failureDetected("p0"),
              functionUnmapped("web", "p0"),
              standbyChosen("p1"),
              pnicDeactivated("p0"),
              pnicActivated("p1"),
              functionMapped("web", "p1"));
      // end::order[]
      StringBuilder journal = new StringBuilder();
      lab.journal().entries().stream()
          .filter(entry -> entry.event() != null)
          .forEach(entry -> journal.append(entry).append('\n'));
      Output.assertShown("failover-journal.txt", journal.toString());
    }
  }

  @Test
  void failures_differ() {
    try (Lab lab = oneHost(AggregatorConfig.DEFAULT).open()) {
      Host host = lab.host();
      // tag::failures[]
      host.pnic("p0").fail(); // dead, its link goes down
      host.pnic("p0").repair();
      host.pnic("p1").linkDown(); // alive, without a link
      host.pnic("p1").linkUp();
      host.pnic("p0").hang(); // dead, but its link stays up: only probes find out
      host.pnic("p0").repair();
      host.cable("p0").unplug(); // both ends see it
      host.cable("p0").plug();
      host.pnic("p2").flap(3, Duration.ofMillis(10), Duration.ofMillis(90));
      // end::failures[]
      lab.advance(Duration.ofSeconds(1));
      assertThat(host.aggregator()).isNormal();
    }
  }

  @Test
  void a_test_can_look_between_the_steps() {
    // tag::steps[]
    AggregatorConfig slow = AggregatorConfig.DEFAULT.withStepDelay(Duration.ofMillis(1));
    try (Lab lab = oneHost(slow).open()) {
      VirtualMachine web = lab.vm("web");
      LinkAggregator aggregator = lab.host().aggregator();

      lab.host().pnic("p0").fail();
      assertThat(aggregator).isIn(AggregatorState.DETECTED);

      lab.advance(Duration.ofMillis(2)); // unmapped, chosen
      assertThat(aggregator).isIn(AggregatorState.CHOSEN);
      assertThat(web).isSwitched();
      web.send(udp().to(lab.wire()).port(7)); // held: no NIC is active
      assertThat(aggregator).holds(1);

      lab.advance(Duration.ofMillis(1)); // swapped: announced, then what was held
      assertThat(lab.wire()).received(udp().port(7), 1);

      lab.advance(Duration.ofMillis(1));
      assertThat(web).hasDirectAccessThrough("p1");
    }
    // end::steps[]
  }

  @Test
  void settings() {
    // tag::settings[]
    AggregatorConfig config =
        AggregatorConfig.DEFAULT
            .withPolicy(FailoverPolicies.primary("p0", PrimaryReselect.ALWAYS))
            .withInFlight(InFlight.LOSE)
            .withHoldCapacity(16)
            .withDownDelay(Duration.ofMillis(200))
            .withUpDelay(Duration.ofSeconds(5))
            .withAnnouncements(3);
    // end::settings[]
    try (Lab lab = oneHost(config).open()) {
      Host host = lab.host();
      // tag::delays[]
      host.pnic("p0").linkDown();
      assertThat(host.aggregator()).hasActive("p0"); // not down for long enough

      lab.advance(Duration.ofMillis(200));
      assertThat(host.aggregator()).hasActive("p1");

      host.pnic("p0").linkUp();
      lab.advance(Duration.ofSeconds(5));
      assertThat(host.aggregator()).hasActive("p0"); // the primary is back
      // end::delays[]
    }
  }

  // tag::policy[]
  /** Takes the NIC that has failed least often. */
  static final class FewestFailures implements FailoverPolicy {
    @Override
    public Candidate choose(List<Candidate> healthy, Candidate failed) {
      return healthy.stream().min(Comparator.comparingInt(Candidate::failures)).orElseThrow();
    }
  }

  // end::policy[]

  @Test
  void a_policy_is_the_users_to_plug_in() {
    // tag::policy-use[]
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(3).vms("web").failoverPolicy(new FewestFailures());
    try (Lab lab = builder.open()) {
      Host host = lab.host();
      host.pnic("p0").fail();
      host.pnic("p0").repair();

      host.pnic("p1").fail();

      assertThat(host.aggregator()).hasActive("p2");
    }
    // end::policy-use[]
  }

  @Test
  void probes_find_what_the_link_does_not_tell() {
    try (Lab lab = oneHost(AggregatorConfig.DEFAULT).open()) {
      Host host = lab.host();
      // tag::probes[]
      host.probe(new ProbeConfig(lab.wire().ipv4(), Duration.ofMillis(100), 3));

      host.pnic("p0").hang();
      assertThat(host.aggregator()).hasActive("p0");

      lab.advance(Duration.ofMillis(500));
      assertThat(host.aggregator()).hasActive("p1");
      // end::probes[]
    }
  }

  @Test
  void without_a_healthy_nic_there_is_no_uplink() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).virtualFunctions(4).vms("web", "app");
    try (Lab lab = builder.open()) {
      Host host = lab.host();
      // tag::none[]
      host.pnic("p1").fail();
      host.pnic("p0").fail();
      assertThat(host.aggregator()).isIn(AggregatorState.NO_UPLINK);

      host.vm("web").send(udp().to(lab.wire()));
      assertThat(lab).dropped(DropReason.NO_UPLINK, 1);

      host.vm("web").send(udp().to(host.vm("app"))); // the virtual switch still works
      assertThat(host.vm("app")).received(1);

      host.pnic("p1").repair();
      assertThat(host.vm("web")).hasDirectAccessThrough("p1");
      // end::none[]
    }
  }

  @Test
  void a_guest_without_a_free_function_stays_on_the_switch() {
    try (Lab lab = Lab.open()) {
      // tag::shortage[]
      Host host = lab.host();
      host.pnic("p1").setVirtualFunctions(1); // two virtual machines, one function

      host.pnic("p0").fail();

      assertThat(host.aggregator()).isIn(AggregatorState.SWITCHED_ONLY);
      assertThat(host.vm("vm1")).hasDirectAccessThrough("p1");
      assertThat(host.vm("vm2")).isSwitched();
      assertThat(lab.journal()).contains(functionMissing("vm2", "p1"));
      lab.wire().send(udp().to(host.vm("vm2")));
      assertThat(host.vm("vm2")).received(1); // through the virtual switch

      host.removeVm("vm1");
      assertThat(host.vm("vm2")).hasDirectAccessThrough("p1");
      // end::shortage[]
    }
  }

  @Test
  void unsent_packets_are_sent_once_by_the_next_nic() {
    try (Lab lab = oneHost(AggregatorConfig.DEFAULT).open()) {
      Host host = lab.host();
      // tag::inflight[]
      host.cable("p0").toNetwork().setBandwidth(1_000_000); // slow: packets queue on the card
      for (int i = 0; i < 10; i++) {
        host.vm("web").send(udp().to(lab.wire()).port(7).payloadSize(1_000));
      }
      assertThat(host.pnic("p0").unsent()).isEqualTo(9);

      host.pnic("p0").fail();

      assertThat(lab.journal().events(EventKind.HOLD_QUEUE_FLUSHED))
          .containsExactly(Event.of(EventKind.HOLD_QUEUE_FLUSHED, "9"));
      lab.advance(Duration.ofMillis(10)); // the one that was in the cable arrives too
      assertThat(lab.wire()).received(udp().port(7), 10);
      // end::inflight[]
    }
  }

  @Test
  void the_network_hears_of_it() {
    try (Lab lab = oneHost(AggregatorConfig.DEFAULT.withAnnouncements(3)).open()) {
      Host host = lab.host();
      // tag::announcements[]
      host.pnic("p0").fail();
      lab.advance(Duration.ofSeconds(1));

      List<Event> announced = lab.journal().events(EventKind.ANNOUNCED);
      assertThat(announced).hasSize(3).containsOnly(Event.announced("web", "p1"));
      assertThat(lab.externalSwitch()).hasHeard(host.vm("web")).on("p1");
      // end::announcements[]
    }
  }
}
