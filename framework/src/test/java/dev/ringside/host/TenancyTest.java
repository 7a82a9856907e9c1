// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.Quota;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.Vnic;
import dev.ringside.virt.VnicPath;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TenancyTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab twoHosts(Aggregation aggregation, int functions) {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .pnics(2)
        .virtualFunctions(functions)
        .aggregation(aggregation)
        .vms("web", "app");
    builder.host("h2").pnics(2).virtualFunctions(functions).aggregation(aggregation).vms("db");
    return labs.open(builder);
  }

  private static void move(Lab lab, String vm, String from, String to) {
    lab.host(from).tenancy().move(lab.vm(vm), lab.host(to), Duration.ZERO);
  }

  @ParameterizedTest
  @EnumSource
  void a_guest_that_has_moved_sends_and_receives_there(Aggregation aggregation) {
    for (int functions : new int[] {0, 2}) {
      Lab lab = twoHosts(aggregation, functions);
      VirtualMachine web = lab.vm("web");
      Vnic vnic = web.vnic();

      move(lab, "web", "h1", "h2");
      web.announce();
      lab.wire().send(number(1, web));
      lab.vm("app").send(number(2, web));
      lab.vm("db").send(number(3, web));
      web.send(number(4, lab.wire()));
      web.send(number(5, lab.vm("app")));

      assertThat(numbers(web.received())).containsExactly(1, 2, 3);
      assertThat(numbers(lab.vm("app").received())).containsExactly(5);
      assertThat(web.vnic()).isSameAs(vnic);
      assertThat(web.hostName()).isEqualTo("h2");
      assertThat(lab.vm("web")).isSameAs(web);
      assertThat(lab.host("h1").hasVm("web")).isFalse();
      assertThat(vnic.path()).isEqualTo(functions == 0 ? VnicPath.SWITCHED : VnicPath.DIRECT);

      move(lab, "web", "h2", "h1");
      web.announce();
      lab.vm("db").send(number(6, web));
      web.send(number(7, lab.vm("db")));
      assertThat(numbers(web.received())).containsExactly(1, 2, 3, 6);
      assertThat(numbers(lab.vm("db").received())).containsExactly(7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_waits_for_a_paused_guest_moves_with_it(Aggregation aggregation) {
    Lab lab = twoHosts(aggregation, 2);
    VirtualMachine web = lab.vm("web");
    web.pause();
    lab.wire().send(number(1, web));
    lab.wire().send(number(2, web));

    boolean[] drained = {false};
    lab.host("h1").tenancy().withdrawAccess(web, () -> drained[0] = true);
    lab.wire().send(number(3, web));
    web.send(number(4, lab.wire())); // kept until it may send again
    assertThat(drained[0]).isTrue();
    assertThat(lab.host("h1").vnic("web").path()).isEqualTo(VnicPath.SWITCHED);
    assertThat(lab.wire().received()).filteredOn(p -> p.sourceMac().equals(web.mac())).isEmpty();
    move(lab, "web", "h1", "h2");
    web.resume();

    assertThat(numbers(web.received())).containsExactly(1, 2, 3);
    assertThat(numbers(lab.wire().received())).containsExactly(4);
  }

  @Test
  void access_is_given_back_if_a_move_is_called_off() {
    Lab lab = twoHosts(Aggregation.ACTIVE_STANDBY, 2);
    VirtualMachine web = lab.vm("web");

    lab.host("h1").tenancy().withdrawAccess(web, () -> {});
    web.send(number(1, lab.wire()));
    lab.host("h1").tenancy().restoreAccess(web);
    web.send(number(2, lab.wire()));

    assertThat(web.directAccessThrough()).isEqualTo("p0");
    assertThat(web.vnic().path()).isEqualTo(VnicPath.DIRECT);
    assertThat(numbers(lab.wire().received())).containsExactly(1, 2);
  }

  @Test
  void what_comes_late_is_sent_on_for_a_while() {
    Lab lab = twoHosts(Aggregation.ACTIVE_STANDBY, 0);
    VirtualMachine web = lab.vm("web");
    web.ping(lab.wire()); // the switch outside knows where it is

    lab.host("h1").tenancy().move(web, lab.host("h2"), Duration.ofMillis(5));
    lab.wire().send(number(1, web));
    lab.advance(Duration.ofMillis(5));
    lab.wire().send(number(2, web));

    assertThat(numbers(web.received().subList(1, web.received().size()))).containsExactly(1);
    assertThat(lab.ledger().dropped(DropReason.NO_MATCH)).isPositive();
  }

  @Test
  void a_quota_moves_with_what_is_in_use_of_it_and_what_waits_for_it() {
    Lab lab = twoHosts(Aggregation.ACTIVE_STANDBY, 2);
    VirtualMachine web = lab.vm("web");
    Quota quota = lab.host("h1").memory().reserve("web", MemorySize.bytes(100));
    lab.wire().send(number(1, web));
    long each = quota.used();
    lab.wire().send(number(2, web));
    lab.wire().send(number(3, web));
    assertThat(quota.used()).isEqualTo(each);

    move(lab, "web", "h1", "h2");

    assertThat(lab.host("h1").memory().quotas()).isEmpty();
    assertThat(lab.host("h2").memory().quota("web")).isSameAs(quota);
    assertThat(quota.used()).isEqualTo(each);
    assertThat(numbers(web.received())).containsExactly(1);
    int released = web.inbox().release(1);
    assertThat(released).isEqualTo(1);
    assertThat(numbers(web.received())).containsExactly(1, 2);
    lab.host("h2").memory().quota("web").setLimit(MemorySize.bytes(1_000));
    assertThat(numbers(web.received())).containsExactly(1, 2, 3);
  }

  @Test
  void a_host_without_room_refuses() {
    Lab lab = twoHosts(Aggregation.NONE, 0);
    lab.host("h2").addVm(VmSpec.named("web"));

    assertThatThrownBy(() -> lab.host("h2").tenancy().checkRoom(lab.host("h1").vm("web")))
        .hasMessage("host h2 already has a VM named 'web'");
    assertThatThrownBy(() -> move(lab, "db", "h1", "h2"))
        .hasMessage("no VM named 'db' on host h1; it has [web, app]");
  }
}
