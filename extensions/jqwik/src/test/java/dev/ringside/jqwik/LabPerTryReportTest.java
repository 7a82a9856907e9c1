// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.trace.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class LabPerTryReportTest {

  @LabPerTry
  static class Failing {
    static final List<Lab> LABS = new ArrayList<>();

    @Property(tries = 10, seed = "1")
    void fails(@ForAll("sizes") int bytes, Lab lab) {
      LABS.add(lab);
      lab.wire().send(udp().to(lab.vm("vm1")).fromPort(1_000 + bytes));
      assertThat(bytes).isLessThan(7);
    }

    @Provide
    Arbitrary<Integer> sizes() {
      return Arbitraries.integers().between(0, 100);
    }
  }

  @Test
  void a_failing_try_reports_seed_and_journal_of_the_smallest_lab() {
    String report = Engine.report(Failing.class);

    assertThat(report)
        .contains("  bytes: 7\n", "  #1 lab: seed 0x5eed, at 0 ns\n", "  #2 journal:\n")
        .contains("INJECTED: #1 udp", "DELIVERED");
    assertThat(Failing.LABS).allMatch(lab -> lab.world().isClosed());
  }

  @Test
  void a_failing_property_leaves_the_page_of_its_smallest_lab() throws IOException {
    String report = Engine.report(Failing.class);

    Path page = Path.of("target/ringside/" + Failing.class.getName() + ".fails/report.html");
    assertThat(report).contains("Ringside report", page.toUri().toString());
    assertThat(page).content().contains("Failing.fails", ":1007 ", "seed 0x5eed");
  }

  @LabPerTry
  static class Forgetful {
    @Property(tries = 10, seed = "1")
    void forgets_a_packet(@ForAll("sizes") int bytes, Lab lab) {
      lab.world().ledger().open(Stage.STACK, "forgetful").addReceived();
    }

    @Provide
    Arbitrary<Integer> sizes() {
      return Arbitraries.integers().between(0, 100);
    }
  }

  @Test
  void a_packet_that_is_forgotten_fails_the_try() {
    assertThat(Engine.failure(Forgetful.class))
        .isInstanceOf(ConservationViolation.class)
        .hasMessage(
            "the conservation law does not hold after this try:\n"
                + "  1 packets are unaccounted for at STACK forgetful: received 1,");
  }

  @LabPerTry
  static class ForgetfulAndFailing {
    @Property(tries = 10, seed = "1")
    void forgets_a_packet(@ForAll("sizes") int bytes, Lab lab) {
      lab.world().ledger().open(Stage.STACK, "forgetful").addReceived();
      throw new IllegalStateException("the property's own failure");
    }

    @Provide
    Arbitrary<Integer> sizes() {
      return Arbitraries.integers().between(0, 100);
    }
  }

  @Test
  void the_propertys_own_failure_is_not_masked() {
    Throwable thrown = Engine.failure(ForgetfulAndFailing.class);

    assertThat(thrown).hasMessage("the property's own failure");
    assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(ConservationViolation.class);
  }

  @LabPerTry
  @Domain(RingsideDomain.class)
  static class Failover {
    @Property(tries = 1_000, seed = "1")
    void nobody_ever_loses_direct_access(@ForAll Scenario scenario, Lab lab) {
      scenario.run(lab);
      if (!lab.host().vms().isEmpty() && scenario.topology().nic().virtualFunctions() > 0) {
        assertThat(lab.host().pnic("p0").isFailed()).isFalse();
      }
    }
  }

  @Test
  void a_failing_scenario_shrinks_to_a_few_lines() {
    String report = Engine.report(Failover.class);

    assertThat(report)
        .contains(
            "  scenario: [h1: 1 PNIC, 1 VFs, rings of 512; no VM; seed 0x0,"
                + " 1. fail p0, 2. add vm1 in vlan 0]\n"
                + "  lab: of this try; see below for its seed and journal\n");
  }
}
