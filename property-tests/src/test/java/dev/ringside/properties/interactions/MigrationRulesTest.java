// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.interactions;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.properties.interactions.InteractionLabs.LARGE;
import static dev.ringside.properties.interactions.InteractionLabs.SLOW_CABLE;
import static dev.ringside.properties.interactions.InteractionLabs.large;
import static dev.ringside.properties.interactions.InteractionLabs.numbers;
import static dev.ringside.properties.interactions.InteractionLabs.range;
import static dev.ringside.properties.interactions.InteractionLabs.small;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.AggregatorState;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.host.Host;
import dev.ringside.memory.BlockRequest;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.Quota;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationPhase;
import dev.ringside.migration.MigrationState;
import dev.ringside.packet.Connection;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.ring.Waiter;
import dev.ringside.virt.VnicPath;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules 9, 10 and 13: what moves with a virtual machine, and what it waits for. */
class MigrationRulesTest {

  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(30);

  @RegisterExtension private final InteractionLabs labs = new InteractionLabs();

  /** What a question was answered at the beginning of each phase of each migration. */
  private static <T> Map<MigrationPhase, T> atEachPhase(Lab lab, Supplier<T> question) {
    Map<MigrationPhase, T> answers = new EnumMap<>(MigrationPhase.class);
    lab.migrations().onPhase((migration, phase) -> answers.put(phase, question.get()));
    return answers;
  }

  // ---- rule 9: direct access ----

  private Lab twoHosts(int functionsOfTarget) {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).virtualFunctions(1).vms("web");
    builder.host("h2").pnics(2).virtualFunctions(functionsOfTarget);
    return labs.open(builder);
  }

  @Test
  void rule_09_access_is_switched_and_unmapped_before_suspend_and_mapped_on_the_target() {
    Lab lab = twoHosts(1);
    VirtualMachine web = lab.vm("web");
    Map<MigrationPhase, VnicPath> path = atEachPhase(lab, () -> web.vnic().path());
    Map<MigrationPhase, Integer> bound =
        atEachPhase(lab, () -> lab.host("h1").pnic("p0").boundFunctions().size());

    Migration migration = lab.migrate(web).to(lab.host("h2"));

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(path.get(MigrationPhase.DETACH)).isEqualTo(VnicPath.DIRECT);
    assertThat(bound).containsEntry(MigrationPhase.DETACH, 1);
    assertThat(path.get(MigrationPhase.SUSPEND)).isNotEqualTo(VnicPath.DIRECT);
    assertThat(bound).containsEntry(MigrationPhase.SUSPEND, 0);
    assertThat(web).hasDirectAccessThrough("p0");
    assertThat(lab.host("h2").pnic("p0")).hasBoundFunction("web");
    assertThat(lab.host("h1").pnic("p0")).hasFreeFunctions(1);
  }

  @Test
  void rule_09_without_a_function_on_the_target_it_stays_switched() {
    Lab lab = twoHosts(0);
    VirtualMachine web = lab.vm("web");

    Migration unused = lab.migrate(web).to(lab.host("h2"));

    assertThat(web.directAccessThrough()).isNull();
    assertThat(web.vnic().path()).isEqualTo(VnicPath.SWITCHED);
    web.send(small(1, lab.wire()));
    lab.wire().send(small(2, web));
    assertThat(numbers(lab.wire().received())).containsExactly(1);
    assertThat(numbers(web.received())).containsExactly(2);
  }

  @Test
  void rule_09_what_the_function_has_taken_is_drained_before_it_stands_still() {
    Lab lab = twoHosts(1);
    VirtualMachine web = lab.vm("web");
    lab.cable("h1/p0").toNetwork().setBandwidth(SLOW_CABLE);
    for (int i = 1; i <= 5; i++) {
      web.send(small(i, lab.wire()));
    }

    Migration migration = lab.migrate(web).to(lab.host("h2"));
    web.send(small(6, lab.wire()));

    assertThat(migration.phase()).isEqualTo(MigrationPhase.DETACH);
    lab.advance(LONG);
    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(numbers(lab.wire().received()))
        .as("the last was still on the slow cable when it went on elsewhere")
        .containsExactly(1, 2, 3, 4, 6, 5);
    assertThat(lab).lostNothing();
  }

  @Test
  void rule_09_the_list_is_built_anew_connections_are_forgotten_and_addresses_kept() {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .pnics(2)
        .virtualFunctions(1)
        .vms("web")
        .portSelection(PortSelectionPolicies.roundRobin());
    builder
        .host("h2")
        .pnics(3)
        .virtualFunctions(1)
        .portSelection(PortSelectionPolicies.roundRobin());
    Lab lab = labs.open(builder);
    VirtualMachine web = lab.vm("web");
    String addresses = web.toString();
    Packet sent = web.send(small(1, lab.wire()));
    Connection connection = Objects.requireNonNull(Connection.of(sent));
    assertThat(web.aggregator().placement(connection)).isNotNull();

    Migration unused = lab.migrate(web).to(lab.host("h2"));

    assertThat(web.aggregator()).hasPorts("p0", "p1", "p2");
    assertThat(web.aggregator().placement(connection)).isNull();
    assertThat(web).hasToString(addresses);
    web.send(small(2, lab.wire()));
    lab.wire().send(small(3, web));
    assertThat(numbers(lab.wire().received())).containsExactly(1, 2);
    assertThat(numbers(web.received())).containsExactly(3);
  }

  // ---- rule 10: failover ----

  private Lab slowFailovers() {
    LabBuilder builder = Lab.builder();
    AggregatorConfig slow = AggregatorConfig.DEFAULT.withStepDelay(MILLI);
    builder.host("h1").pnics(2).virtualFunctions(1).vms("web").aggregator(slow);
    builder.host("h2").pnics(2).virtualFunctions(1).aggregator(slow);
    return labs.open(builder);
  }

  @Test
  void rule_10_a_failover_of_the_source_is_over_before_the_move_is_committed() {
    Lab lab = slowFailovers();
    VirtualMachine web = lab.vm("web");
    Map<MigrationPhase, AggregatorState> state =
        atEachPhase(lab, () -> lab.host("h1").aggregator().state());
    Migration migration = lab.migrate(web).copyTime(MILLI).to(lab.host("h2"));
    lab.advance(MILLI.dividedBy(2));
    assertThat(migration.phase()).isEqualTo(MigrationPhase.COPY);

    lab.host("h1").pnic("p0").fail();
    lab.advance(MILLI);

    assertThat(lab.host("h1").aggregator().state()).isNotEqualTo(AggregatorState.NORMAL);
    assertThat(migration.phase())
        .as("the copy is done, the failover not")
        .isEqualTo(MigrationPhase.COPY);
    lab.advance(LONG);
    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(state).containsEntry(MigrationPhase.SWITCH, AggregatorState.NORMAL);
    assertThat(web).hasDirectAccessThrough("p0");
  }

  @Test
  void rule_10_a_migration_does_not_begin_in_the_course_of_a_failover() {
    Lab lab = slowFailovers();
    lab.host("h1").pnic("p0").fail();
    lab.advance(MILLI);

    Migration migration = lab.migrate(lab.vm("web")).to(lab.host("h2"));

    assertThat(migration.phase()).isEqualTo(MigrationPhase.CHECK);
    lab.advance(LONG);
    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
  }

  @Test
  void rule_10_a_pnic_of_the_target_that_fails_after_the_commit_is_an_ordinary_failover_there() {
    Lab lab = twoHosts(1);
    VirtualMachine web = lab.vm("web");
    Migration migration = lab.migrate(web).to(lab.host("h2"));

    lab.host("h2").pnic("p0").fail();
    lab.wire().send(small(1, web));

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(web).hasDirectAccessThrough("p1");
    assertThat(web.hostName()).isEqualTo("h2");
    assertThat(numbers(web.received())).containsExactly(1);
  }

  // ---- rule 13: quotas ----

  private Lab withMemory(long ofTarget) {
    LabBuilder builder = Lab.builder();
    builder.host("h1").virtualFunctions(1).vms("web").memory(MemorySize.bytes(10_000));
    builder.host("h2").virtualFunctions(1).memory(MemorySize.bytes(ofTarget));
    return labs.open(builder);
  }

  @Test
  void rule_13_memory_is_reserved_before_suspend_and_returned_at_the_source_by_the_commit() {
    Lab lab = withMemory(5_000);
    Host h1 = lab.host("h1");
    Host h2 = lab.host("h2");
    Quota unused = h1.memory().reserve("web", MemorySize.bytes(3_000));
    Map<MigrationPhase, Long> left = atEachPhase(lab, () -> h2.memory().unassigned());
    Map<MigrationPhase, Long> leftAtSource = atEachPhase(lab, () -> h1.memory().unassigned());

    Migration migration = lab.migrate(lab.vm("web")).to(h2);

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(left).containsEntry(MigrationPhase.PREPARE, 5_000L);
    assertThat(left).containsEntry(MigrationPhase.SUSPEND, 2_000L);
    assertThat(leftAtSource).containsEntry(MigrationPhase.SWITCH, 7_000L);
    assertThat(leftAtSource).containsEntry(MigrationPhase.RESUME, 10_000L);
    assertThat(h2.memory().unassigned()).isEqualTo(2_000);
    assertThat(h2.memory().quota("web")).hasLimit(3_000);
    assertThat(h1.memory().hasQuota("web")).isFalse();
  }

  @Test
  void rule_13_memory_in_use_moves_and_those_who_wait_keep_their_order() {
    Lab lab = withMemory(10_000);
    VirtualMachine web = lab.vm("web");
    Quota before = lab.host("h1").memory().reserve("web", MemorySize.bytes(2 * LARGE));
    for (int i = 1; i <= 5; i++) {
      lab.wire().send(large(i, web));
    }
    BlockRequest first = before.request(MemorySize.bytes(1_000));
    BlockRequest second = before.request(MemorySize.bytes(900));
    assertThat(before).hasUsed(2 * LARGE).hasWaiters(3);

    Migration unused = lab.migrate(web).to(lab.host("h2"));

    Quota after = lab.host("h2").memory().quota("web");
    assertThat(after).hasUsed(2 * LARGE).hasLive(2);
    assertThat(after.waiters())
        .extracting(Waiter::amount)
        .containsExactlyInAnyOrder(LARGE, 1_000L, 900L)
        .containsSubsequence(1_000L, 900L);
    lab.wire().send(large(6, web));
    web.inbox().release(2);
    assertThat(first.isGranted()).isTrue();
    assertThat(second.isGranted()).isTrue();
    assertThat(numbers(web.received())).isEqualTo(range(1, 2));
    first.block().release();
    second.block().release();
    assertThat(numbers(web.received())).isEqualTo(range(1, 4));
    web.inbox().release(2);
    assertThat(numbers(web.received())).isEqualTo(range(1, 6));
    assertThat(after).hasNeverUsedMoreThan(2 * LARGE);
    assertThat(lab).lostNothing();
  }

  @Test
  void rule_13_a_reservation_that_is_refused_aborts_the_move_and_changes_nothing() {
    Lab lab = withMemory(2_999);
    VirtualMachine web = lab.vm("web");
    Quota quota = lab.host("h1").memory().reserve("web", MemorySize.bytes(3_000));
    Map<MigrationPhase, Boolean> phases = atEachPhase(lab, () -> true);

    Migration migration = lab.migrate(web).to(lab.host("h2"));

    assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(migration.reason()).contains("2999", "3000");
    assertThat(phases).containsOnlyKeys(MigrationPhase.CHECK, MigrationPhase.PREPARE);
    assertThat(web.hostName()).isEqualTo("h1");
    assertThat(web).hasDirectAccessThrough("p0");
    assertThat(lab.host("h1").memory().quota("web")).isSameAs(quota);
    assertThat(lab.host("h2").memory().unassigned()).isEqualTo(2_999);
    lab.wire().send(Packets.udp().to(web).port(1));
    assertThat(numbers(web.received())).containsExactly(1);
  }
}
