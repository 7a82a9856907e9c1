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
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A router that is made after the move may be late, or may not come at all. */
class LateRouterTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static Migration move(Lab lab, Duration delay) {
    return lab.migrate(lab.vm("web")).routerAfterMove(delay).to(lab.blade("b2"));
  }

  @Test
  void without_a_delay_it_is_there_when_the_migration_is_over() {
    Lab lab = labs.open(TwoSubnets.builder());

    Migration migration = move(lab, Duration.ZERO);

    assertThat(migration).hasToString("migration of web from b1 to b2 (COMPLETED at CLEAN)");
    assertThat(migration.isCommitted()).isTrue();
    lab.vm("web").send(number(1, lab.vm("db")));
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
  }

  @Test
  void while_it_is_awaited_the_migration_cannot_be_cancelled() {
    Lab lab = labs.open(TwoSubnets.builder());
    Migration migration = move(lab, MILLI);

    assertThat(migration.isCommitted()).isTrue();
    assertThatThrownBy(migration::cancel)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cannot cancel migration of web from b1 to b2 (RUNNING at ROUTER); migrate it back"
                + " instead");
  }

  @Test
  void one_that_goes_back_is_at_home_as_before() {
    Lab lab = labs.open(TwoSubnets.crowded());
    VirtualMachine web = lab.vm("web");
    lab.vm("peer").send(number(1, web));
    Migration migration = move(lab, MILLI);
    lab.advance(MILLI);

    assertThat(migration)
        .hasToString(
            "migration of web from b1 to b2 (ROLLED_BACK at ROUTER: no address for the router of"
                + " host b2 in subnet A: addresses of 192.0.2.0/29, 6 used)");
    assertThat(migration.isCommitted()).isFalse();
    assertThat(lab.migrations().virtualRouters()).isEmpty();
    lab.vm("peer").send(number(2, web));
    lab.vm("app1").send(number(3, web));
    lab.vm("db").send(number(4, web));
    assertThat(numbers(web.received())).containsExactly(1, 2, 3, 4);
  }

  @Test
  void one_whose_former_host_has_failed_stays_without() {
    Lab lab = labs.open(TwoSubnets.crowded());
    Migration migration = move(lab, MILLI);

    lab.blade("b1").fail();
    lab.advance(MILLI);

    assertThat(migration.state()).isEqualTo(MigrationState.DEGRADED);
    assertThat(migration.phase()).isEqualTo(MigrationPhase.CLEAN);
    assertThat(lab.vm("web").hostName()).isEqualTo("b2");
    assertThat(lab.migrations().virtualRouters()).isEmpty();
  }

  @Test
  void one_that_goes_back_to_where_it_was_a_guest_has_its_router_there_again() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    builder.subnet("C", "203.0.113.0/30"); // the gateway and app
    builder.chassis("c1").subnets("A").blade("b1").vms("web");
    builder.chassis("c2").subnets("B").blade("b2").vms("db");
    builder.chassis("c3").subnets("C").blade("b3").vms("app");
    Lab lab = labs.open(builder);
    VirtualMachine web = lab.vm("web");
    Migration first = move(lab, Duration.ZERO);
    web.send(number(1, lab.vm("db"))); // it knows the MAC address of the router that it leaves

    Migration second = lab.migrate(web).routerAfterMove(MILLI).to(lab.blade("b3"));
    lab.advance(MILLI);

    assertThat(first.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(second.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(lab.migrations().routerOf(lab.blade("b2")).dependants("A", "B")).isEqualTo(1);
    web.send(number(2, lab.vm("db")));
    assertThat(numbers(lab.vm("db").received())).containsExactly(1, 2);
  }

  @Test
  void one_that_goes_back_tells_the_network() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/30"); // the gateway and web
    builder.subnet("B", "198.51.100.0/24");
    builder.host("h1").subnet("A").vms("web");
    builder.host("h2").subnet("B").vms("db");
    Lab lab = labs.open(builder);
    VirtualMachine web = lab.vm("web");
    Migration migration =
        lab.migrate(web).routerAfterMove(MILLI).forward(Duration.ZERO).to(lab.host("h2"));
    lab.advance(MILLI);

    lab.wire().send(number(1, web));

    assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(numbers(web.received())).containsExactly(1);
  }
}
