// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static dev.ringside.migration.TwoSubnets.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.Quota;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What begins, what is refused, and what disturbs a migration or does not. */
class MigrationsTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static Migration move(Lab lab, String vm, String blade) {
    return lab.migrate(lab.vm(vm)).copyTime(MILLI).to(lab.blade(blade));
  }

  @Test
  void those_under_way_are_listed() {
    Lab lab = labs.open(TwoSubnets.builder());
    Migration web = move(lab, "web", "b2");
    Migration db = move(lab, "db", "b1");

    assertThat(lab.migrations().running()).containsExactly(web, db);
    assertThat(lab.migrations())
        .hasToString(
            "migrations: [migration of web from b1 to b2 (RUNNING at COPY), migration of db from"
                + " b2 to b1 (RUNNING at COPY)]");
    assertThat(web.isCommitted()).isFalse();
  }

  @Test
  void the_switch_is_the_point_of_no_return() {
    assertThat(MigrationPhase.COPY.isBeforeCommit()).isTrue();
    assertThat(MigrationPhase.SWITCH.isBeforeCommit()).isFalse();
  }

  @Test
  void the_journal_tells_the_phases_and_the_end() {
    Lab lab = labs.open(TwoSubnets.builder());

    move(lab, "web", "b2").cancel();

    assertThat(lab.journal().entries())
        .filteredOn(entry -> entry.place().equals("migration"))
        .extracting(entry -> entry.event() + " " + entry.detail())
        .containsExactly(
            "migration phase web CHECK",
            "migration phase web PREPARE",
            "migration phase web DETACH",
            "migration phase web SUSPEND",
            "migration phase web COPY",
            "migration ended web, ROLLED_BACK cancelled");
  }

  @Test
  void a_host_without_a_virtual_router_says_when_it_would_have_one() {
    Lab lab = labs.open(TwoSubnets.builder());
    Migration unused = lab.migrate(lab.vm("web")).to(lab.blade("b2"));

    assertThat(lab.migrations().hasRouter(lab.blade("b2"))).isTrue();
    assertThat(lab.migrations().hasRouter(lab.blade("b1"))).isFalse();
    assertThatThrownBy(() -> lab.migrations().routerOf(lab.blade("b1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "host b1 has no virtual router: no VM that has come to it is there with one of another"
                + " subnet");
  }

  @Test
  void a_listener_that_throws_is_heard_of_and_disturbs_nothing() {
    Lab lab = labs.open(TwoSubnets.builder());
    VirtualMachine web = lab.vm("web");
    lab.migrations()
        .onPhase(
            (migration, phase) -> {
              if (phase == MigrationPhase.COPY) {
                throw new IllegalStateException("from the listener");
              }
            });

    assertThatThrownBy(() -> lab.migrate(web).to(lab.blade("b2"))).hasMessage("from the listener");

    assertThat(web.hostName()).isEqualTo("b2");
    assertThat(lab.migrations().running()).isEmpty();
  }

  // ---- what is refused at once ----

  @ParameterizedTest
  @ValueSource(strings = {"b1", "b2"})
  void a_host_that_has_failed_neither_gives_nor_takes(String failed) {
    Lab lab = labs.open(TwoSubnets.builder());
    lab.blade(failed).fail();

    Migration migration = lab.migrate(lab.vm("web")).to(lab.blade("b2"));

    assertThat(migration)
        .hasToString(
            "migration of web from b1 to b2 (ROLLED_BACK at CHECK: host "
                + failed
                + " has failed)");
    assertThat(lab.vm("web").hostName()).isEqualTo("b1");
  }

  @Test
  void a_name_that_the_target_has_already_is_refused() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").vms("web");
    builder.host("h2").vms("web");
    Lab lab = labs.open(builder);

    Migration migration = lab.migrate(lab.host("h1").vm("web")).to(lab.host("h2"));

    assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(migration.reason()).isEqualTo("host h2 already has a VM named 'web'");
  }

  @Test
  void what_is_refused_leaves_virtual_functions_alone() {
    Lab lab = labs.open(TwoSubnets.builder(2));
    Quota unused = lab.blade("b1").memory().reserve("web", MemorySize.bytes(4_000));
    unused = lab.blade("b2").memory().reserve("db", MemorySize.bytes(4_000));
    int before = lab.journal().events(EventKind.FUNCTION_MAPPED).size();

    Migration migration = lab.migrate(lab.vm("web")).to(lab.blade("b2"));

    assertThat(migration.phase()).isEqualTo(MigrationPhase.PREPARE);
    assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(lab.journal().events(EventKind.FUNCTION_UNMAPPED)).isEmpty();
    assertThat(lab.journal().events(EventKind.FUNCTION_MAPPED)).hasSize(before);
  }

  // ---- what does not concern it ----

  @Test
  void others_that_come_and_hosts_of_others_that_fail_do_not_disturb_it() {
    Lab lab = labs.open(TwoSubnets.builder());
    Migration web = move(lab, "web", "b2");
    Migration peer = move(lab, "peer", "b3");

    VirtualMachine unused = lab.blade("b2").addVm(VmSpec.named("new"));
    lab.blade("b3").fail();
    lab.advance(MILLI);

    assertThat(web.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(peer.reason()).isEqualTo("host b3 has failed");
  }

  @Test
  void one_that_was_cancelled_goes_no_further_when_its_copy_would_be_done() {
    Lab lab = labs.open(TwoSubnets.builder());
    List<MigrationPhase> phases = new ArrayList<>();
    lab.migrations().onPhase((migration, phase) -> phases.add(phase));

    move(lab, "web", "b2").cancel();
    lab.advance(MILLI);

    assertThat(phases).endsWith(MigrationPhase.SUSPEND, MigrationPhase.COPY);
  }

  @Test
  void a_failover_of_the_target_is_waited_for() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").vms("web");
    builder
        .host("h2")
        .pnics(2)
        .aggregator(dev.ringside.aggregate.AggregatorConfig.DEFAULT.withStepDelay(MILLI));
    Lab lab = labs.open(builder);
    lab.host("h2").pnic("p0").fail();

    Migration migration = lab.migrate(lab.vm("web")).to(lab.host("h2"));

    assertThat(migration.phase()).isEqualTo(MigrationPhase.CHECK);
    lab.advance(Duration.ofMillis(10));
    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    lab.wire().send(number(1, lab.vm("web")));
    assertThat(numbers(lab.vm("web").received())).containsExactly(1);
  }

  @Test
  void the_room_for_packets_is_as_before() {
    Lab lab = labs.open(TwoSubnets.builder());
    VirtualMachine web = lab.vm("web");
    web.vnic().setReceiveCapacity(4);

    Migration migration = move(lab, "web", "b2");
    assertThat(web.vnic().receiveRing().capacity()).isEqualTo(512);
    lab.advance(MILLI);

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(web.vnic().receiveRing().capacity()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_takes_no_time_has_happened_even_within_a_handler(boolean routerAfterMove) {
    Lab lab = labs.open(TwoSubnets.builder());
    List<MigrationState> states = new ArrayList<>();
    MigrationPlan plan = lab.migrate(lab.vm("web"));
    MigrationPlan either = routerAfterMove ? plan.routerAfterMove(Duration.ZERO) : plan;
    lab.vm("db").onPacket(packet -> states.add(either.to(lab.blade("b2")).state()));

    lab.vm("db2").send(number(1, lab.vm("db")));

    assertThat(states).containsExactly(MigrationState.COMPLETED);
  }
}
