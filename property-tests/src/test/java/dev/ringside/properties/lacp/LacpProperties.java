// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.lacp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.lacp.LacpConfig;
import dev.ringside.lacp.LacpFlag;
import dev.ringside.lacp.LacpPort;
import dev.ringside.lacp.LacpSystem;
import dev.ringside.lacp.PortInformation;
import dev.ringside.lacp.ReceiveState;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Hosts and switches that agree by LACP, under random faults and settings at random times. */
class LacpProperties {

  private static final MacAddress ELSEWHERE = MacAddress.of("02:00:00:00:00:99");
  private static final int TRIES = 60;

  /** Something happens to a NIC or to its far end, and time passes. */
  private record Step(Fault fault, int nic, int millis) {}

  /** What can happen. */
  private enum Fault {
    NOTHING,
    HANG,
    FAIL,
    REPAIR,
    UNPLUG,
    PLUG,
    FLAP,
    SILENCE,
    ANSWER,
    OTHER_KEY,
    RIGHT_KEY,
    OTHER_SYSTEM,
    RIGHT_SYSTEM,
    LEAVE,
    JOIN,
    PASSIVE,
    SLOW,
    FAST,
    PRIORITY
  }

  @Provide
  Arbitrary<List<Step>> scripts() {
    return Combinators.combine(
            Arbitraries.of(Fault.values()),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 9_000))
        .as(Step::new)
        .list()
        .ofMaxSize(25);
  }

  @Provide
  Arbitrary<LacpConfig> configs() {
    return Arbitraries.of(
        LacpConfig.fast(),
        LacpConfig.slow(),
        LacpConfig.fast().withMostPorts(2),
        LacpConfig.fast().withAggregateWait(Duration.ZERO));
  }

  // ---- a lab under faults ----

  private static Lab open(LacpConfig config) {
    Lab lab =
        Lab.builder()
            .topology(
                builder -> builder.host("h1").pnics(4).virtualFunctions(2).vms("web").lacp(config))
            .open();
    lab.ledger().expectDrops(DropReason.values());
    return lab;
  }

  private static LacpSystem near(Lab lab) {
    return lab.host().lacp().host();
  }

  private static LacpSystem far(Lab lab) {
    return lab.host().lacp().network();
  }

  private static void happen(Lab lab, Step step) {
    PhysicalNic nic = lab.host().pnics().get(step.nic());
    LacpPort end = far(lab).port(nic.name());
    LacpConfig config = far(lab).config();
    switch (step.fault()) {
      case NOTHING -> {}
      case HANG -> nic.hang();
      case FAIL -> nic.fail();
      case REPAIR -> nic.repair();
      case UNPLUG -> lab.cable(nic.name()).unplug();
      case PLUG -> lab.cable(nic.name()).plug();
      case FLAP -> nic.flap(3, Duration.ofMillis(step.millis() % 700), Duration.ofMillis(50));
      case SILENCE -> end.silence();
      case ANSWER -> end.answer();
      case OTHER_KEY -> end.setKey(9);
      case RIGHT_KEY -> end.setKey(config.key());
      case OTHER_SYSTEM -> end.setSystem(ELSEWHERE);
      case RIGHT_SYSTEM -> end.setSystem(far(lab).address());
      case LEAVE -> end.leaveGroup();
      case JOIN -> end.joinGroup();
      case PASSIVE -> far(lab).configure(config.passive());
      case SLOW -> far(lab).configure(LacpConfig.slow().withMostPorts(config.mostPorts()));
      case FAST -> far(lab).configure(LacpConfig.fast().withMostPorts(config.mostPorts()));
      case PRIORITY -> end.setPriority(step.millis());
    }
    traffic(lab, step.millis());
    lab.advance(Duration.ofMillis(step.millis()));
    traffic(lab, step.millis() + 1);
  }

  private static void traffic(Lab lab, int number) {
    for (int i = 0; i < 4; i++) {
      int port = 1_024 + number * 4 + i;
      lab.vm("web").send(Packets.udp().to(lab.wire()).fromPort(port).port(53));
      lab.wire().send(Packets.udp().to(lab.vm("web")).fromPort(port).port(53));
    }
  }

  private static void heal(Lab lab) {
    for (PhysicalNic nic : lab.host().pnics()) {
      nic.repair();
      lab.cable(nic.name()).plug();
      LacpPort end = far(lab).port(nic.name());
      end.answer();
      end.setKey(far(lab).config().key());
      end.setSystem(far(lab).address());
      end.joinGroup();
    }
  }

  private static List<PortInformation> partners(LacpSystem system) {
    List<PortInformation> partners = new ArrayList<>();
    for (LacpPort port : system.ports()) {
      if (port.isDistributing()) {
        partners.add(port.partner());
      }
    }
    return partners;
  }

  // ---- properties ----

  @Property(tries = TRIES)
  void data_goes_only_where_its_sender_distributes(
      @ForAll("configs") LacpConfig config, @ForAll("scripts") List<Step> script) {
    try (Lab lab = open(config)) {
      for (Step step : script) {
        happen(lab, step);
      }
      List<String> violations =
          LacpLaws.dataOnlyWhereDistributing(
              lab.journal().entries(), "h1", lab.externalSwitch().name());
      assertThat(violations).isEmpty();
      assertThat(LacpLaws.noStepIsLeftOut(lab.journal().entries())).isEmpty();
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Property(tries = TRIES)
  void ports_that_distribute_have_heard_one_partner_that_collects(
      @ForAll("configs") LacpConfig config, @ForAll("scripts") List<Step> script) {
    try (Lab lab = open(config)) {
      for (Step step : script) {
        happen(lab, step);
        for (LacpSystem system : List.of(near(lab), far(lab))) {
          assertThat(LacpLaws.onePartner(partners(system))).isEmpty();
          assertThat(partners(system).size()).isLessThanOrEqualTo(config.mostPorts());
          for (LacpPort port : system.ports()) {
            if (port.isDistributing()) {
              assertThat(port.receiveState()).isEqualTo(ReceiveState.CURRENT);
              assertThat(port.partner().has(LacpFlag.COLLECTING)).isTrue();
            }
          }
        }
        assertThat(lab.host().aggregator().activeNames()).isEqualTo(near(lab).distributing());
        assertThat(lab.externalSwitch().portGroup("aggr0").activeLinks())
            .isEqualTo(far(lab).distributing());
      }
    }
  }

  @Property(tries = 20)
  void who_hears_nothing_stops_distributing_and_goes_on_when_it_hears_again(
      @ForAll("configs") LacpConfig config, @ForAll @IntRange(max = 3) int nic) {
    try (Lab lab = open(config)) {
      lab.advance(Duration.ofMinutes(2));
      LacpPort silent = far(lab).port("p" + nic);
      LacpPort port = near(lab).port("p" + nic);
      boolean distributed = port.isDistributing();
      silent.silence();
      lab.advance(Duration.ofSeconds(130)); // 90 s until it expires, 3 s until it is defaulted
      assertThat(port.isDistributing()).isFalse();
      assertThat(port.receiveState()).isNotEqualTo(ReceiveState.CURRENT);
      silent.answer();
      lab.advance(Duration.ofMinutes(2));
      assertThat(port.isDistributing()).isEqualTo(distributed);
    }
  }

  @Property(tries = 20)
  void while_nothing_happens_nothing_that_was_agreed_on_changes(
      @ForAll("configs") LacpConfig config, @ForAll("scripts") List<Step> script) {
    try (Lab lab = open(config)) {
      for (Step step : script) {
        happen(lab, step);
      }
      lab.advance(Duration.ofSeconds(10)); // what flaps has ended
      heal(lab);
      lab.advance(Duration.ofMinutes(5));
      int before = lab.journal().events(EventKind.LACP_PORT).size();
      lab.advance(Duration.ofMinutes(5));

      assertThat(lab.journal().events(EventKind.LACP_PORT)).hasSize(before);
    }
  }

  @Property(tries = TRIES)
  void after_quiet_time_both_ends_use_the_same_ports(
      @ForAll("configs") LacpConfig config, @ForAll("scripts") List<Step> script) {
    try (Lab lab = open(config)) {
      for (Step step : script) {
        happen(lab, step);
      }
      lab.advance(Duration.ofMinutes(5));

      assertThat(near(lab).distributing()).isEqualTo(far(lab).distributing());
    }
  }

  @Property(tries = TRIES)
  void after_quiet_time_with_healthy_links_all_ports_carry_traffic(
      @ForAll("configs") LacpConfig config, @ForAll("scripts") List<Step> script) {
    try (Lab lab = open(config)) {
      for (Step step : script) {
        happen(lab, step);
      }
      lab.advance(Duration.ofSeconds(10)); // what flaps has ended
      heal(lab);
      lab.advance(Duration.ofMinutes(3));

      int most = Math.min(4, config.mostPorts());
      assertThat(near(lab).distributing()).hasSize(most);
      assertThat(far(lab).distributing()).isEqualTo(near(lab).distributing());

      lab.vm("web").inbox().clear();
      lab.wire().inbox().clear();
      traffic(lab, 77);
      assertThat(lab.vm("web").received()).hasSize(4);
      assertThat(lab.wire().received()).hasSize(4);
    }
  }

  @Property(tries = 10)
  void one_script_gives_one_journal(
      @ForAll("configs") LacpConfig config, @ForAll("scripts") List<Step> script) {
    List<String> journals = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (Lab lab = open(config)) {
        for (Step step : script) {
          happen(lab, step);
        }
        journals.add(lab.journal().entries().toString());
      }
    }

    assertThat(journals.get(0)).isEqualTo(journals.get(1));
  }
}
