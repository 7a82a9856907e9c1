// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide.recipes;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.aggregate.Candidate;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.host.Host;
import dev.ringside.junit.jupiter.LabTopology;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class FailoverPolicyRecipeTest {

  // tag::policy[]
  /** The fastest card, but none that came back a moment ago: it may well go again. */
  static final class ProvenAndFast implements FailoverPolicy {
    private static final Duration TRIAL = Duration.ofSeconds(30);
    private final Clock clock;

    ProvenAndFast(Clock clock) {
      this.clock = clock;
    }

    @Override
    public Candidate choose(List<Candidate> healthy, Candidate failed) {
      List<Candidate> proven = healthy.stream().filter(this::isProven).toList();
      List<Candidate> from = proven.isEmpty() ? healthy : proven;
      return from.stream()
          .max(
              Comparator.comparingLong(Candidate::speed)
                  .thenComparing(Candidate::order, Comparator.reverseOrder()))
          .orElseThrow();
    }

    private boolean isProven(Candidate card) {
      Instant since = Instant.EPOCH.plusNanos(card.healthySinceNanos());
      return card.failures() == 0 || !clock.instant().isBefore(since.plus(TRIAL));
    }
  }

  // end::policy[]

  // tag::topology[]
  static final class FastAndSlowCards implements Topology {
    @Override
    public void build(LabBuilder lab) {
      lab.host("h1").pnics(3).virtualFunctions(2).vms("web");
    }

    static void setSpeeds(Host host) {
      host.cable("p0").toNetwork().setBandwidth(10_000_000_000L);
      host.cable("p1").toNetwork().setBandwidth(1_000_000_000L);
      host.cable("p2").toNetwork().setBandwidth(10_000_000_000L);
    }
  }

  // end::topology[]

  @Nested
  // tag::tests[]
  @ExtendWith(RingsideExtension.class)
  @LabTopology(FastAndSlowCards.class)
  class ProvenAndFastTest {

    @BeforeEach
    void plug_in_the_policy(Lab lab, Host host) {
      FastAndSlowCards.setSpeeds(host);
      host.aggregator().setPolicy(new ProvenAndFast(lab.clock()));
    }

    @Test
    void the_fastest_takes_over(Lab lab, Host host) {
      host.pnic("p0").fail();
      lab.advance(Duration.ofMillis(1)); // until the announcement is on the wire

      assertThat(host.aggregator()).hasActive("p2");
    }

    @Test
    void one_that_has_just_come_back_is_not_trusted(Lab lab, Host host) {
      host.pnic("p2").flap(3, Duration.ofMillis(10), Duration.ofMillis(90));
      lab.advance(Duration.ofSeconds(1));

      host.pnic("p0").fail();
      lab.advance(Duration.ofMillis(1));

      assertThat(host.aggregator()).hasActive("p1");
    }

    @Test
    void but_half_a_minute_later_it_is(Lab lab, Host host) {
      host.pnic("p2").flap(3, Duration.ofMillis(10), Duration.ofMillis(90));
      lab.advance(Duration.ofSeconds(31));

      host.pnic("p0").fail();
      lab.advance(Duration.ofMillis(1));

      assertThat(host.aggregator()).hasActive("p2");
    }

    @Test
    void the_guest_notices_nothing(Lab lab, Host host) {
      VirtualMachine web = host.vm("web");
      for (int i = 0; i < 100; i++) {
        if (i == 50) {
          host.pnic("p0").fail();
        }
        lab.wire().send(udp().to(web).port(53));
        lab.advance(Duration.ofMillis(1));
      }

      assertThat(web).received(udp().port(53), 100);
      assertThat(lab.journal().events(EventKind.PNIC_ACTIVATED)).hasSize(2); // p0, then p2
    }
  }

  // end::tests[]
}
