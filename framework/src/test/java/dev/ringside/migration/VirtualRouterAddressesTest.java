// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A router takes an address of each subnet that it joins, or none at all. */
class VirtualRouterAddressesTest {

  private static final Duration MILLI = Duration.ofMillis(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  @Test
  void without_an_address_for_the_router_nothing_begins() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/30"); // the gateway and web
    builder.subnet("B", "198.51.100.0/24");
    builder.chassis("c1").subnets("A").blade("b1").vms("web");
    builder.chassis("c2").subnets("B").blade("b2").vms("db");
    Lab lab = labs.open(builder);

    Migration migration = lab.migrate(lab.vm("web")).to(lab.blade("b2"));

    assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(migration.reason()).startsWith("no address for the router of host b2 in subnet A");
    assertThat(migration.phase()).isEqualTo(MigrationPhase.PREPARE);
    assertThat(lab.migrations().virtualRouters()).isEmpty();
    assertThat(lab.vm("web").isPaused()).isFalse();
  }

  @Test
  void a_router_that_lacks_one_address_does_not_keep_the_others_for_a_guest_in_its_window() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/30"); // the gateway and app
    builder.subnet("C", "203.0.113.0/24");
    builder.chassis("c1").subnets("A").blade("b1").vms("web");
    builder.chassis("c2").subnets("B").blade("b2").vms("app");
    builder.chassis("c3").subnets("C").blade("b3").vms("db");
    Lab lab = labs.open(builder);
    int used = lab.subnet("C").pool().used();
    Migration late = lab.migrate(lab.vm("web")).routerAfterMove(MILLI).to(lab.blade("b3"));

    Migration refused = lab.migrate(lab.vm("app")).to(lab.blade("b3"));

    assertThat(refused.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(lab.migrations().virtualRouters()).isEmpty();
    assertThat(lab.subnet("C").pool().used()).isEqualTo(used);
    lab.advance(MILLI);
    assertThat(late.state()).isEqualTo(MigrationState.COMPLETED);
    assertThat(lab.migrations().virtualRouters())
        .singleElement()
        .satisfies(router -> assertThat(router.subnets()).containsExactly("A", "C"));
  }

  @Test
  void without_an_ipv6_address_it_takes_no_ipv4_address() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24", "2001:db8:a::/126"); // the gateway, web and peer
    builder.subnet("B", "198.51.100.0/24");
    builder.chassis("c1").subnets("A").blade("b1").vms("web", "peer");
    builder.chassis("c2").subnets("B").blade("b2").vms("db");
    Lab lab = labs.open(builder);

    Migration migration = lab.migrate(lab.vm("web")).to(lab.blade("b2"));

    assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
    assertThat(migration.reason())
        .isEqualTo(
            "no address for the router of host b2 in subnet A: addresses of 2001:db8:a::/126,"
                + " 3 used");
    assertThat(lab.subnet("A").pool().used()).isEqualTo(3);
  }

  @Test
  void it_gives_the_addresses_of_both_ip_versions_back() {
    Lab lab = labs.open(TwoSubnets.builder());
    Migration unused = lab.migrate(lab.vm("web")).to(lab.blade("b2"));
    assertThat(lab.subnet("A").pool().used()).isEqualTo(4);
    assertThat(lab.subnet("A").ipv6Pool().used()).isEqualTo(4);

    unused = lab.migrate(lab.vm("web")).to(lab.blade("b1"));

    assertThat(lab.subnet("A").pool().used()).isEqualTo(3);
    assertThat(lab.subnet("A").ipv6Pool().used()).isEqualTo(3);
  }
}
