// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.lacp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.lacp.LacpConfig;
import dev.ringside.lacp.LacpPort;
import dev.ringside.lacp.LacpSystem;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.MacAddress;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Which links two systems agree on, against a twin that knows no time, and how soon they notice.
 */
class LacpTwinProperties {

  /** Lower than the address of any host, and higher. */
  private static final List<MacAddress> SYSTEMS =
      List.of(MacAddress.of("02:00:00:00:00:09"), MacAddress.of("fe:00:00:00:00:09"));

  private static final Duration QUIET = Duration.ofMinutes(5);

  /** What happens to a link or its far end. */
  private enum Change {
    HANG,
    FAIL,
    REPAIR,
    UNPLUG,
    PLUG,
    SILENCE,
    ANSWER,
    KEY,
    SYSTEM,
    LEAVE,
    JOIN,
    PRIORITY
  }

  private record Step(Change change, int link, int number) {}

  @Provide
  Arbitrary<List<Step>> scripts() {
    return Combinators.combine(
            Arbitraries.of(Change.values()),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 3))
        .as(Step::new)
        .list()
        .ofMaxSize(20);
  }

  private static Lab open(LacpConfig config) {
    return Lab.builder().topology(lab -> lab.host("h1").pnics(4).vms("web").lacp(config)).open();
  }

  private static void happen(Lab lab, LacpTwin twin, Step step) {
    LacpTwin.Link link = twin.links.get(step.link());
    PhysicalNic nic = lab.host().pnics().get(step.link());
    LacpPort end = lab.host().lacp().network().port(nic.name());
    switch (step.change()) {
      case HANG -> {
        link.hung = true;
        nic.hang();
      }
      case FAIL -> {
        link.failed = true;
        nic.fail();
      }
      case REPAIR -> {
        link.failed = false;
        link.hung = false;
        nic.repair();
      }
      case UNPLUG -> {
        link.plugged = false;
        lab.cable(nic.name()).unplug();
      }
      case PLUG -> {
        link.plugged = true;
        lab.cable(nic.name()).plug();
      }
      default -> say(link, end, step);
    }
  }

  private static void say(LacpTwin.Link link, LacpPort end, Step step) {
    switch (step.change()) {
      case SILENCE -> {
        link.silent = true;
        end.silence();
      }
      case ANSWER -> {
        link.silent = false;
        end.answer();
      }
      case KEY -> {
        link.key = 1 + step.number();
        end.setKey(link.key);
      }
      case SYSTEM -> {
        link.system = SYSTEMS.get(step.number() % 2);
        end.setSystem(link.system);
      }
      case LEAVE -> {
        link.alone = true;
        end.leaveGroup();
      }
      case JOIN -> {
        link.alone = false;
        end.joinGroup();
      }
      default -> {
        link.priority = step.number() * 0x4000;
        end.setPriority(link.priority);
      }
    }
  }

  @Property(tries = 150)
  void in_the_end_those_links_carry_traffic_that_a_twin_without_time_names(
      @ForAll @IntRange(min = 1, max = 4) int mostPorts, @ForAll("scripts") List<Step> script) {
    LacpConfig config = LacpConfig.fast().withMostPorts(mostPorts);
    try (Lab lab = open(config)) {
      LacpSystem near = lab.host().lacp().host();
      LacpSystem far = lab.host().lacp().network();
      LacpTwin twin = new LacpTwin(near.address(), far.address(), config.key(), mostPorts);
      for (Step step : script) {
        happen(lab, twin, step);
        lab.advance(Duration.ofMillis(step.number() * 900L));
      }
      lab.advance(QUIET);

      assertThat(near.distributing()).isEqualTo(twin.distributing());
      assertThat(far.distributing()).isEqualTo(twin.distributing());
    }
  }

  @Property(tries = 40)
  void silence_is_noticed_within_the_timeout_and_not_before_two_messages_are_missed(
      @ForAll boolean fast,
      @ForAll @IntRange(max = 3) int link,
      @ForAll @IntRange(max = 60_000) int afterMillis) {
    Duration period = Duration.ofSeconds(fast ? 1 : 30);
    try (Lab lab = open(fast ? LacpConfig.fast() : LacpConfig.slow())) {
      LacpPort port = lab.host().lacp().host().port("p" + link);
      lab.advance(QUIET.plusMillis(afterMillis));
      lab.host().lacp().network().port("p" + link).silence();

      lab.advance(period.multipliedBy(2).minusMillis(1));
      assertThat(port.isDistributing()).isTrue();
      lab.advance(period.plusMillis(2));
      assertThat(port.isDistributing()).isFalse();
    }
  }
}
