// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.AggregatorState;
import dev.ringside.aggregate.LinkAggregator;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkAggregatorAssertTest {

  private final Lab lab = Labs.twoNics();
  private final LinkAggregator aggregator = lab.host().aggregator();

  @AfterEach
  void close() {
    lab.close();
  }

  private void failBoth() {
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
  }

  @Test
  void is_normal() {
    assertThat(aggregator).isNormal();
    failBoth();
    fails(
        () -> assertThat(aggregator).isNormal(),
        """
        Expecting aggregator aggr0
          to be in state NORMAL
          but it is in state NO_UPLINK, with no NIC active

                     0 ns  h1: function mapped web, p1 (p1/vf0)
                     0 ns  h1: function mapped db, p1 (p1/vf1)
                     0 ns  h1: pnic failed p1 (link goes down)
                     0 ns  h1: failure detected p1
                     0 ns  h1: function unmapped web, p1 (p1/vf0)
                     0 ns  h1: function unmapped db, p1 (p1/vf1)
                     0 ns  h1: no standby aggr0
                     0 ns  h1: pnic deactivated p1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void is_in_a_state() {
    assertThat(aggregator).isIn(AggregatorState.NORMAL);
    fails(
        () -> assertThat(aggregator).isIn(AggregatorState.NO_UPLINK),
        """
        Expecting aggregator aggr0
          to be in state NO_UPLINK
          but it is in state NORMAL, with p0 active

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic deactivated p1
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function mapped db, p0 (p0/vf1)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_an_active_nic() {
    assertThat(aggregator).hasActive("p0");
    fails(
        () -> assertThat(aggregator).hasActive("p1"),
        """
        Expecting aggregator aggr0
          to have p1 active
          but it has p0 active

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic deactivated p1
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function mapped db, p0 (p0/vf1)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_no_active_nic() {
    fails(
        () -> assertThat(aggregator).hasNoneActive(),
        """
        Expecting aggregator aggr0
          to have no NIC active
          but it has p0 active

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic deactivated p1
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function mapped db, p0 (p0/vf1)

        Replay with @LabSeed(0x5eedL)
        """);
    failBoth();
    assertThat(aggregator).hasNoneActive();
  }

  @Test
  void has_members() {
    assertThat(aggregator).hasMembers("p0", "p1");
    fails(
        () -> assertThat(aggregator).hasMembers("p1", "p0"),
        """
        Expecting aggregator aggr0
          to have members [p1, p0]
          but it has [p0, p1]

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void holds_packets_while_no_nic_is_active() {
    assertThat(aggregator).holds(0);
    aggregator.configure(AggregatorConfig.DEFAULT.withStepDelay(Duration.ofMillis(1)));
    lab.host().pnic("p0").fail();
    lab.advance(Duration.ofMillis(1));
    lab.vm("web").send(udp().to(lab.wire()));
    assertThat(aggregator).holds(1);
    fails(
        () -> assertThat(aggregator).holds(2),
        """
        Expecting aggregator aggr0
          to hold 2 packets
          but it holds 1 (aggr0 (UNMAPPED, active p0, 1 held))

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void takes_a_nic_for_healthy() {
    assertThat(aggregator).takesForHealthy("p1");
    lab.host().pnic("p1").fail();
    fails(
        () -> assertThat(aggregator).takesForHealthy("p1"),
        """
        Expecting member p1 of aggregator aggr0
          to be healthy
          but it is not

                     0 ns  h1: pnic deactivated p1
                     0 ns  h1: pnic failed p1 (link goes down)
                     0 ns  h1: failure detected p1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void takes_a_nic_for_failed() {
    fails(
        () -> assertThat(aggregator).takesForFailed("p1"),
        """
        Expecting member p1 of aggregator aggr0
          to be failed
          but it is healthy

                     0 ns  h1: pnic deactivated p1

        Replay with @LabSeed(0x5eedL)
        """);
    lab.host().pnic("p1").fail();
    assertThat(aggregator).takesForFailed("p1");
  }
}
