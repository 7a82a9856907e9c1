// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.chassis.Blade;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.memory.MemorySize;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTest {

  private static final Duration MILLI = Duration.ofMillis(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  /** web of subnet A on b1 of c1, db of subnet B on b2 of c2. */
  private Lab twoSubnets(int functions) {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    ChassisBuilder c1 = builder.chassis("c1").subnets("A");
    c1.blade("b1").virtualFunctions(functions).vms("web", "peer");
    c1.blade("b3");
    builder.chassis("c2").subnets("B").blade("b2").virtualFunctions(functions).vms("db", "db2");
    return labs.open(builder);
  }

  private static boolean left(Lab lab, Packet packet, String cable) {
    return lab.trace(packet).hops().stream()
        .anyMatch(hop -> hop.stage() == Stage.WIRE && hop.place().equals(cable));
  }

  private static List<String> routers(Lab lab, Packet packet) {
    return lab.trace(packet).hops().stream()
        .filter(hop -> hop.stage() == Stage.ROUTER)
        .map(Hop::place)
        .distinct()
        .toList();
  }

  @Test
  void before_the_move_packets_go_by_the_network_outside() {
    Lab lab = twoSubnets(0);

    Packet sent = lab.vm("web").send(number(1, lab.vm("db")));

    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
    assertThat(routers(lab, sent)).containsExactly("router");
    assertThat(left(lab, sent, "c1/ni0")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void after_the_move_packets_stay_inside_the_blade(int functions) {
    Lab lab = twoSubnets(functions);
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    web.send(number(1, db)); // web knows the MAC address of the gateway outside
    db.send(number(2, web));
    Object mac = web.mac();

    Migration migration = lab.migrate(web).to(lab.blade("b2"));

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(web.hostName()).isEqualTo("b2");
    assertThat(web.mac()).isEqualTo(mac);
    Packet there = web.send(number(3, db));
    Packet back = db.send(number(4, web));
    assertThat(numbers(db.received())).containsExactly(1, 3);
    assertThat(numbers(web.received())).containsExactly(2, 4);
    assertThat(routers(lab, there)).containsExactly("b2/vrouter");
    assertThat(routers(lab, back)).containsExactly("b2/vrouter");
    assertThat(left(lab, there, "b2/p0")).isFalse();
    assertThat(left(lab, back, "b2/p0")).isFalse();
    VirtualRouter router = lab.migrations().routerOf(lab.blade("b2"));
    assertThat(router.subnets()).containsExactlyInAnyOrder("A", "B");
    assertThat(router.dependants("A", "B")).isEqualTo(1);
    assertThat(router.portIn("A").addresses())
        .contains(IpAddress.of("192.0.2.4"), IpAddress.of("192.0.2.1"));
    assertThat(router.portIn("B").addresses()).contains(IpAddress.of("198.51.100.4"));
    assertThat(db.received().get(1).timeToLive()).isEqualTo(63);
  }

  @Test
  void the_switching_tables_of_both_chassis_know_the_new_place() {
    Lab lab = twoSubnets(0);

    Migration unused = lab.migrate(lab.vm("web")).to(lab.blade("b2"));

    assertThat(lab.chassis("c1").switchingTable().bladeOf(lab.vm("web")))
        .hasToString(lab.blade("b2").toString());
    assertThat(lab.chassis("c2").switchingTable().bladeOf(lab.vm("web"))).isSameAs(lab.blade("b2"));
  }

  @Test
  void moved_back_all_is_as_before() {
    Lab lab = twoSubnets(2);
    VirtualMachine web = lab.vm("web");
    int usedA = lab.subnet("A").pool().used();
    int usedB = lab.subnet("B").pool().used();

    for (int i = 0; i < 3; i++) {
      Migration there = lab.migrate(web).to(lab.blade("b2"));
      Migration back = lab.migrate(web).to(lab.blade("b1"));
      assertThat(there.state()).isEqualTo(MigrationState.COMPLETED);
      assertThat(back.state()).isEqualTo(MigrationState.COMPLETED);
    }

    assertThat(lab.migrations().hasRouter(lab.blade("b2"))).isFalse();
    assertThat(lab.subnet("A").pool().used()).isEqualTo(usedA);
    assertThat(lab.subnet("B").pool().used()).isEqualTo(usedB);
    Packet sent = web.send(number(1, lab.vm("db")));
    lab.vm("db").send(number(2, web));
    assertThat(routers(lab, sent)).containsExactly("router");
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
    assertThat(numbers(web.received())).containsExactly(2);
    assertThat(web.directAccessThrough()).isEqualTo("p0");
  }

  @Test
  void within_a_subnet_no_router_is_made() {
    Lab lab = twoSubnets(0);
    VirtualMachine web = lab.vm("web");

    Migration migration = lab.migrate(web).to(lab.blade("b3"));
    lab.vm("peer").send(number(1, web));
    lab.vm("db").send(number(2, web));

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(lab.migrations().virtualRouters()).isEmpty();
    assertThat(numbers(web.received())).containsExactly(1, 2);
  }

  @Test
  void several_share_the_router_until_the_last_has_left() {
    Lab lab = twoSubnets(0);
    Blade b2 = lab.blade("b2");

    Migration first = lab.migrate(lab.vm("web")).to(b2);
    Migration second = lab.migrate(lab.vm("peer")).to(b2);
    assertThat(lab.migrations().routerOf(b2).dependants("A", "B")).isEqualTo(2);
    assertThat(lab.migrations().virtualRouters()).hasSize(1);
    first = lab.migrate(lab.vm("web")).to(lab.blade("b1"));
    assertThat(lab.migrations().routerOf(b2).dependants("A", "B")).isEqualTo(1);
    b2.removeVm("peer");

    assertThat(first.state()).isEqualTo(second.state());
    assertThat(lab.migrations().hasRouter(b2)).isFalse();
  }

  @Test
  void what_comes_while_it_stands_still_is_kept_in_order_and_what_is_too_much_is_counted() {
    Lab lab = twoSubnets(2);
    VirtualMachine web = lab.vm("web");
    lab.vm("db").send(number(0, web));
    Migration migration =
        lab.migrate(web).copyTime(MILLI.multipliedBy(10)).buffer(3).to(lab.blade("b2"));
    assertThat(migration.phase()).isEqualTo(MigrationPhase.COPY);

    for (int i = 1; i <= 5; i++) {
      lab.vm("db").send(number(i, web));
    }
    assertThat(numbers(web.received())).containsExactly(0);
    lab.ledger().expectDrops(DropReason.RING_FULL);
    lab.advance(MILLI.multipliedBy(10));

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(numbers(web.received())).containsExactly(0, 1, 2, 3);
    assertThat(lab.ledger().dropped(DropReason.RING_FULL)).isEqualTo(2);
    lab.vm("db").send(number(6, web));
    assertThat(numbers(web.received())).containsExactly(0, 1, 2, 3, 6);
  }

  @Test
  void a_target_that_fails_before_the_commit_leaves_all_as_it_was() {
    Lab lab = twoSubnets(2);
    VirtualMachine web = lab.vm("web");
    int used = lab.subnet("A").pool().used();
    Migration migration = lab.migrate(web).copyTime(MILLI).to(lab.blade("b2"));
    lab.vm("peer").send(number(1, web));

    lab.blade("b2").fail();

    assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(migration.reason()).isEqualTo("host b2 has failed");
    assertThat(migration)
        .hasToString("migration of web from b1 to b2 (ROLLED_BACK at COPY: host b2 has failed)");
    assertThat(numbers(web.received())).containsExactly(1);
    assertThat(web.directAccessThrough()).isEqualTo("p0");
    assertThat(lab.subnet("A").pool().used()).isEqualTo(used);
    assertThat(lab.migrations().virtualRouters()).isEmpty();
    lab.vm("peer").send(number(2, web));
    assertThat(numbers(web.received())).containsExactly(1, 2);
    lab.advance(MILLI);
    assertThat(web.hostName()).isEqualTo("b1");
  }

  @Test
  void a_router_that_comes_after_the_move_leaves_a_window_without_a_route() {
    Lab lab = twoSubnets(0);
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    web.send(number(1, db));
    db.send(number(2, web));

    Migration migration =
        lab.migrate(web).forward(Duration.ZERO).routerAfterMove(MILLI).to(lab.blade("b2"));
    web.send(number(3, db));
    db.send(number(4, web));
    lab.ledger().expectDrops(DropReason.NO_ROUTE);
    assertThat(lab.ledger().dropped(DropReason.NO_ROUTE)).isEqualTo(2);
    lab.advance(MILLI);
    web.send(number(5, db));
    db.send(number(6, web));

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(numbers(db.received())).containsExactly(1, 5);
    assertThat(numbers(web.received())).containsExactly(2, 6);
    assertThat(lab.ledger().dropped(DropReason.NO_ROUTE)).isEqualTo(2);
  }

  @Test
  void without_a_router_after_the_move_it_goes_back_or_stays_degraded() {
    for (boolean keeps : new boolean[] {false, true}) {
      LabBuilder builder = Lab.builder();
      builder.subnet("A", "192.0.2.0/30");
      builder.subnet("B", "198.51.100.0/24");
      builder.chassis("c1").subnets("A").blade("b1").vms("web");
      builder.chassis("c2").subnets("B").blade("b2").vms("db");
      Lab lab = labs.open(builder);

      Migration migration =
          lab.migrate(lab.vm("web"))
              .config(MigrationConfig.DEFAULT.withRouterAfterMove(MILLI, keeps))
              .to(lab.blade("b2"));
      lab.advance(MILLI);

      assertThat(migration.state())
          .isEqualTo(keeps ? MigrationState.DEGRADED : MigrationState.ROLLED_BACK);
      assertThat(lab.vm("web").hostName()).isEqualTo(keeps ? "b2" : "b1");
    }
  }

  @Test
  void a_quota_must_fit_on_the_target() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1");
    c1.blade("b1").memory(MemorySize.bytes(4_000)).vms("web");
    c1.blade("b2").memory(MemorySize.bytes(1_000)).vms("db");
    c1.blade("b3").memory(MemorySize.bytes(4_000));
    Lab lab = labs.open(builder);
    lab.blade("b1").memory().reserve("web", MemorySize.bytes(3_000));

    Migration refused = lab.migrate(lab.vm("web")).to(lab.blade("b2"));
    assertThat(refused.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(refused.reason()).contains("host b2 has 1000 of 1000");
    assertThat(lab.blade("b2").memory().unassigned()).isEqualTo(1_000);

    Migration done = lab.migrate(lab.vm("web")).to(lab.blade("b3"));
    assertThat(done.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(lab.blade("b1").memory().unassigned()).isEqualTo(4_000);
    assertThat(lab.blade("b3").memory().unassigned()).isEqualTo(1_000);
  }

  @Test
  void a_failover_that_goes_on_is_waited_for() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1");
    c1.blade("b1")
        .pnics(2)
        .virtualFunctions(1)
        .aggregator(dev.ringside.aggregate.AggregatorConfig.DEFAULT.withStepDelay(MILLI))
        .vms("web");
    c1.blade("b2").vms("db");
    Lab lab = labs.open(builder);

    lab.blade("b1").pnic("p0").fail();
    Migration migration = lab.migrate(lab.vm("web")).to(lab.blade("b2"));
    assertThat(migration.phase()).isEqualTo(MigrationPhase.CHECK);
    lab.advance(MILLI.multipliedBy(10));

    assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(lab.blade("b1").aggregator().activeName()).isEqualTo("p1");
    lab.vm("db").send(number(1, lab.vm("web")));
    assertThat(numbers(lab.vm("web").received())).containsExactly(1);
  }

  @Test
  void two_move_past_each_other() {
    Lab lab = twoSubnets(2);
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");

    Migration one = lab.migrate(web).copyTime(MILLI).to(lab.blade("b2"));
    Migration other = lab.migrate(db).copyTime(MILLI).to(lab.blade("b1"));
    lab.advance(MILLI);

    assertThat(one.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(other.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(lab.migrations().virtualRouters()).hasSize(2);
    Packet sent = web.send(number(1, lab.vm("db2")));
    assertThat(numbers(lab.vm("db2").received())).containsExactly(1);
    assertThat(routers(lab, sent)).containsExactly("b2/vrouter");
    db.send(number(2, lab.vm("peer")));
    assertThat(numbers(lab.vm("peer").received())).containsExactly(2);
  }

  @Test
  void phases_are_told_and_a_migration_can_be_cancelled() {
    Lab lab = twoSubnets(0);
    List<String> told = new ArrayList<>();
    lab.migrations().onPhase((migration, phase) -> told.add(phase.name()));

    Migration migration = lab.migrate(lab.vm("web")).copyTime(MILLI).to(lab.blade("b2"));
    assertThatThrownBy(() -> lab.migrate(lab.vm("web")).to(lab.blade("b3")))
        .hasMessage(
            "VM 'web' is under way already: migration of web from b1 to b2 (RUNNING at COPY);"
                + " wait, or cancel() it");
    migration.cancel();

    assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(told).containsExactly("CHECK", "PREPARE", "DETACH", "SUSPEND", "COPY");
    assertThatThrownBy(migration::cancel)
        .hasMessage(
            "cannot cancel migration of web from b1 to b2 (ROLLED_BACK at COPY: cancelled);"
                + " migrate it back instead");
    assertThatThrownBy(() -> lab.migrate(lab.vm("web")).to(lab.blade("b1")))
        .hasMessage("VM 'web' is on host b1 already");
    assertThat(lab.migrations().running()).isEmpty();
  }

  @Test
  void with_host_routes_it_is_reached_from_outside() {
    Lab lab = twoSubnets(0);
    VirtualMachine web = lab.vm("web");
    Migration unused =
        lab.migrate(web).config(MigrationConfig.DEFAULT.withHostRoutes(true)).to(lab.blade("b2"));

    lab.wire().send(number(1, web));
    lab.vm("db2").ping(web);

    assertThat(numbers(web.received().subList(0, 1))).containsExactly(1);
    assertThat(lab.vm("db2").received()).hasSize(1);
  }

  @Test
  void where_the_gateway_can_be_reached_it_is_not_taken_over() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    builder.host("h1").vm(VmSpec.named("web").subnet("A"));
    builder.host("h2").vm(VmSpec.named("db").subnet("B"));
    Lab lab = labs.open(builder);
    VirtualMachine web = lab.vm("web");

    Migration unused = lab.migrate(web).to(lab.host("h2"));

    VirtualRouter router = lab.migrations().routerOf(lab.host("h2"));
    assertThat(router.portIn("A").addresses()).doesNotContain(IpAddress.of("192.0.2.1"));
    Packet sent = web.send(number(1, lab.vm("db")));
    Packet back = lab.vm("db").send(number(2, web));
    assertThat(routers(lab, sent)).containsExactly("h2/vrouter");
    assertThat(routers(lab, back)).containsExactly("h2/vrouter");
    lab.wire().send(number(3, web));
    assertThat(numbers(web.received())).containsExactly(2, 3);
  }

  @Test
  void a_source_that_fails_before_the_commit_keeps_it_until_it_is_repaired() {
    Lab lab = twoSubnets(0);
    VirtualMachine web = lab.vm("web");
    Migration migration = lab.migrate(web).copyTime(MILLI).to(lab.blade("b2"));

    lab.blade("b1").fail();

    assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(migration.reason()).isEqualTo("host b1 has failed");
    assertThat(web.isPaused()).isTrue();
    lab.blade("b1").repair();
    assertThat(web.isPaused()).isFalse();
    assertThat(web.hostName()).isEqualTo("b1");
  }

  @Test
  void one_that_ends_on_its_way_is_moved_no_further() {
    Lab lab = twoSubnets(0);
    VirtualMachine web = lab.vm("web");
    VirtualMachine peer = lab.vm("peer");
    Migration before = lab.migrate(web).copyTime(MILLI).to(lab.blade("b2"));
    Migration after = lab.migrate(peer).routerAfterMove(MILLI).to(lab.blade("b2"));

    lab.blade("b1").removeVm("web");
    lab.blade("b2").removeVm("peer");
    lab.advance(MILLI);

    assertThat(before.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(before.reason()).isEqualTo("VM 'web' has ended");
    assertThat(after.state()).isEqualTo(MigrationState.DEGRADED);
    assertThat(after.reason()).isEqualTo("VM 'peer' has ended");
    assertThat(lab.migrations().virtualRouters()).isEmpty();
    assertThat(lab.migrations().running()).isEmpty();
  }

  @Test
  void one_that_comes_home_with_a_guest_behind_it_finds_a_router_there() {
    Lab lab = twoSubnets(0);
    VirtualMachine web = lab.vm("web");
    Migration away = lab.migrate(web).to(lab.blade("b2"));
    lab.blade("b1").removeVm("peer");

    Migration guest = lab.migrate(lab.vm("db")).copyTime(MILLI).to(lab.blade("b1"));
    Migration home = lab.migrate(web).copyTime(MILLI).to(lab.blade("b1"));
    lab.advance(MILLI);

    assertThat(List.of(away.state(), guest.state(), home.state()))
        .containsOnly(MigrationState.COMPLETED);
    Packet sent = web.send(number(1, lab.vm("db")));
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
    assertThat(routers(lab, sent)).containsExactly("b1/vrouter");
  }

  @Test
  void one_that_comes_home_needs_no_router_and_no_address_for_it() {
    Lab lab = twoSubnets(0);
    VirtualMachine web = lab.vm("web");
    Migration away = lab.migrate(web).to(lab.blade("b2"));
    int used = lab.subnet("A").pool().used();

    Migration home = lab.migrate(web).routerAfterMove(MILLI).to(lab.blade("b1"));
    lab.advance(MILLI);

    assertThat(away.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(home.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(lab.subnet("A").pool().used()).isEqualTo(used - 1);
    assertThat(lab.migrations().virtualRouters()).isEmpty();
  }

  @Test
  void tables_of_all_former_chassis_follow_a_chain_of_moves() {
    LabBuilder builder = Lab.builder();
    builder.chassis("c1").blade("b1").vms("web", "app");
    builder.chassis("c2").blade("b2");
    builder.chassis("c3").blade("b3");
    Lab lab = labs.open(builder);
    VirtualMachine web = lab.vm("web");

    Migration first = lab.migrate(web).to(lab.blade("b2"));
    Migration second = lab.migrate(web).to(lab.blade("b3"));

    assertThat(first.state()).isEqualTo(second.state());
    assertThat(lab.chassis("c1").switchingTable().bladeOf(web)).isSameAs(lab.blade("b3"));
    assertThat(lab.chassis("c2").switchingTable().bladeOf(web)).isSameAs(lab.blade("b3"));
    lab.vm("app").send(number(1, web));
    assertThat(numbers(web.received())).containsExactly(1);
    lab.blade("b3").removeVm("web");
    assertThat(lab.chassis("c1").switchingTable().bladeOf(web)).isNull();
    assertThat(lab.chassis("c2").switchingTable().bladeOf(web)).isNull();
  }
}
