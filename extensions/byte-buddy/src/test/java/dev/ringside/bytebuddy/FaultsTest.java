// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.aggregate.Client;
import dev.ringside.aggregate.Member;
import dev.ringside.host.Host;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.lifecycle.UncleanLabError;
import dev.ringside.memory.MemoryPool;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.QuotaConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.MacAddress;
import dev.ringside.time.Ratio;
import dev.ringside.virt.Channel;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

  private final FaultLab test = FaultLab.open();
  private final Lab lab = test.lab;
  private final Faults faults = test.faults;
  private final PhysicalNic p0 = lab.host().pnic("p0");
  private final PhysicalNic p1 = lab.host().pnic("p1");

  @AfterEach
  void close() {
    test.close();
  }

  // ---- what happens ----

  @Test
  void an_operation_fails_before_it_is_carried_out() {
    faults.before(PhysicalNic::fail).throwing(() -> new IllegalStateException("no power"));

    assertThatThrownBy(p0::fail).isInstanceOf(IllegalStateException.class).hasMessage("no power");
    assertThat(p0.isFailed()).isFalse();
  }

  @Test
  void an_operation_fails_after_it_was_carried_out() {
    faults.after(PhysicalNic::fail).throwing(() -> new IllegalStateException("too late"));

    assertThatThrownBy(p0::fail).hasMessage("too late");
    assertThat(p0.isFailed()).isTrue();
  }

  @Test
  void an_operation_is_late_in_virtual_time() {
    faults.before(PhysicalNic::fail).delay(Duration.ofMillis(3));

    p0.fail();
    lab.advance(Duration.ofMillis(2));
    assertThat(p0.isFailed()).isFalse();
    lab.advance(Duration.ofMillis(1));
    assertThat(p0.isFailed()).isTrue();
  }

  @Test
  void an_operation_gets_lost() {
    faults.before(PhysicalNic::repair).drop();

    p0.fail();
    p0.repair();
    assertThat(p0.isFailed()).isTrue();
  }

  @Test
  void an_operation_that_returns_something_gets_an_answer_in_its_place() {
    Fault none = faults.before(Client::map).answer(false);

    p0.fail();
    assertThat(none.fired()).isEqualTo(2);
    assertThat(lab.vm("vm1").directAccessThrough()).isNull();
  }

  @Test
  void an_operation_happens_twice() {
    faults.before(Host::addPnic).duplicate();

    PhysicalNic first = lab.host().addPnic();
    assertThat(first.name()).isEqualTo("p2");
    assertThat(lab.host().pnics()).extracting(PhysicalNic::name).contains("p2", "p3");
  }

  @Test
  void who_carries_an_operation_out_fails() {
    faults.after(VirtualFunction::setMac).failActor();

    p0.virtualFunction(3).setMac(MacAddress.of("02:00:00:00:00:77"));
    assertThat(p0.isFailed()).isTrue();
    assertThat(p0.virtualFunction(3).mac()).isEqualTo(MacAddress.of("02:00:00:00:00:77"));
  }

  @Test
  void anything_else_happens_at_this_moment() {
    List<String> seen = new ArrayList<>();
    faults.before(PhysicalNic::fail).run(call -> seen.add("before: " + call.device()));
    faults.after(PhysicalNic::fail).run(call -> seen.add("after: " + call.device()));

    p0.fail();
    assertThat(seen).containsExactly("before: p0 (up)", "after: p0 (failed, inactive)");
  }

  // ---- which calls ----

  @Test
  void only_the_nth_call_is_meant() {
    Fault second = faults.before(PhysicalNic::fail).onCall(2).drop();

    p0.fail();
    p1.fail();
    p0.repair();
    p0.fail();
    assertThat(p0.isFailed()).isTrue();
    assertThat(p1.isFailed()).isFalse();
    assertThat(second.calls()).isEqualTo(3);
    assertThat(second.fired()).isEqualTo(1);
  }

  @Test
  void only_one_device_is_meant() {
    Fault ofP1 = faults.before(PhysicalNic::fail).on(p1).drop();

    p0.fail();
    p1.fail();
    assertThat(p0.isFailed()).isTrue();
    assertThat(p1.isFailed()).isFalse();
    assertThat(ofP1.calls()).isEqualTo(1);
  }

  @Test
  void only_calls_that_a_predicate_holds_for_are_meant() {
    List<String> unmapped = new ArrayList<>();
    faults
        .before(Client::unmap)
        .when(call -> call.device().name().equals("vm2"))
        .run(call -> unmapped.add(call.device().name() + call.argument(Member.class).name()));

    p0.fail();
    assertThat(unmapped).containsExactly("vm2p0");
  }

  @Test
  void chance_decides_by_the_seed_of_the_lab() {
    Fault some = faults.before(VirtualFunction::setMac).withChance(Ratio.of(1, 4)).drop();

    for (int i = 0; i < 1_000; i++) {
      p0.virtualFunction(3).setMac(MacAddress.of("02:00:00:00:00:77"));
    }
    long fired = some.fired();
    assertThat(fired).isBetween(200L, 300L);
    try (Lab other = Lab.builder().parts(new Faults()).open()) {
      Fault same =
          Faults.of(other).before(VirtualFunction::setMac).withChance(Ratio.of(1, 4)).drop();
      for (int i = 0; i < 1_000; i++) {
        other.host().pnic("p0").virtualFunction(3).setMac(MacAddress.of("02:00:00:00:00:77"));
      }
      assertThat(same.fired()).isEqualTo(fired);
    }
  }

  @Test
  void an_operation_of_the_same_name_is_another_one() {
    Fault ofHosts = faults.before(Host::fail).drop().lenient();
    Fault longer =
        faults
            .before(
                MemoryPool.class,
                pool -> pool.reserve("", MemorySize.bytes(1), QuotaConfig.DEFAULT))
            .run(call -> {});
    Fault shorter =
        faults
            .before(MemoryPool.class, pool -> pool.reserve("", MemorySize.bytes(1)))
            .run(call -> {})
            .lenient();

    p0.fail();
    Object unused =
        lab.host().memory().reserve("vm1", MemorySize.bytes(3_000), QuotaConfig.DEFAULT);

    assertThat(p0.isFailed()).isTrue();
    assertThat(ofHosts.calls()).isZero();
    assertThat(longer.fired()).isEqualTo(1);
    assertThat(shorter.fired()).isZero();
  }

  @Test
  void several_faults_stand_around_an_operation_in_their_order() {
    List<String> order = new ArrayList<>();
    faults.before(PhysicalNic::fail).run(call -> order.add("first"));
    faults.after(PhysicalNic::fail).run(call -> order.add("first, after"));
    faults.before(PhysicalNic::fail).run(call -> order.add("second"));

    p0.fail();
    assertThat(order).containsExactly("first", "second", "first, after");
  }

  @Test
  void a_fault_that_was_ended_never_fires_again() {
    Fault lost = faults.before(PhysicalNic::repair).drop();
    p0.fail();
    p0.repair();
    lost.end();
    p0.repair();

    assertThat(p0.isFailed()).isFalse();
    assertThat(lost.fired()).isEqualTo(1);
  }

  @Test
  void what_a_delayed_operation_throws_is_thrown_where_it_happens() {
    faults.before(Channel::setCapacity).drop().lenient();
    faults.before(Host::fail).delay(Duration.ofMillis(1));
    faults.after(Host::fail).throwing(() -> new IllegalStateException("fuse"));

    lab.host().fail();
    assertThatThrownBy(() -> lab.advance(Duration.ofMillis(1))).hasMessage("fuse");
    assertThat(lab.host().isFailed()).isTrue();
  }

  // ---- the journal, and what is left ----

  @Test
  void each_firing_is_in_the_journal() {
    faults.before(PhysicalNic::fail).onCall(2).delay(Duration.ofMillis(3));
    p1.fail();
    p0.fail();

    assertThat(test.fired())
        .containsExactly(
            "             0 ns  faults: fault fired before PhysicalNic.fail, delay PT0.003S (p0 (up))");
  }

  @Test
  void a_fault_that_never_fires_is_a_finding() {
    try (Lab unclean = Lab.builder().parts(new Faults()).open();
        LabSession session = LabSession.of(unclean)) {
      Faults planned = Faults.of(unclean);
      planned.before(PhysicalNic::fail).onCall(2).delay(Duration.ofMillis(3));
      planned.before(PhysicalNic::hang).drop().lenient();
      planned.before(PhysicalNic::repair).withChance(Ratio.of(0, 1)).drop();
      unclean.host().pnic("p0").fail();
      unclean.host().pnic("p0").repair();

      assertThatExceptionOfType(UncleanLabError.class)
          .isThrownBy(session::check)
          .withMessageContaining(
              "fault 'before PhysicalNic.fail, on call 2: delay PT0.003S' never fired; 1 call"
                  + " matched")
          .withMessageContaining(
              "let the test cause what the fault is for, take it away, or make it lenient()")
          .withMessageContaining("unused faults");
      session.lenient(LabCheck.UNUSED_FAULTS).check();
    }
  }

  @Test
  void a_fault_that_was_planned_before_the_lab_was_opened_is_a_finding_too() {
    Faults early = new Faults();
    Fault never = early.before(PhysicalNic::repair).drop();
    try (LabSession session = LabSession.of(Lab.builder().parts(early).open())) {
      assertThatExceptionOfType(UncleanLabError.class)
          .isThrownBy(session::check)
          .withMessageContaining(
              "fault 'before PhysicalNic.repair: drop' never fired; no call matched");
      assertThat(never.whyUnused()).isNotNull();
    }
  }

  @Test
  void a_plan_without_its_last_word_is_none() {
    assertThat(faults.before(PhysicalNic::fail).onCall(3))
        .hasToString("before PhysicalNic.fail, on call 3");
    assertThat(faults.planned()).isEmpty();
    assertThat(faults).hasToString("faults []");
  }

  // ---- what is refused ----

  @Test
  void what_has_happened_cannot_be_late_or_lost() {
    assertThatThrownBy(() -> faults.after(PhysicalNic::fail).drop())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'drop' comes too late after PhysicalNic.fail, which has happened then; say before");
    assertThatThrownBy(() -> faults.after(PhysicalNic::fail).delay(Duration.ofMillis(3)))
        .hasMessage(
            "'delay PT0.003S' comes too late after PhysicalNic.fail, which has happened then; say"
                + " before");
  }

  @Test
  void what_returns_something_needs_an_answer() {
    assertThatThrownBy(() -> faults.before(Host::addPnic).drop())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Host.addPnic returns PhysicalNic to whoever calls it, so it cannot get lost; say"
                + " answer(...) or throwing(...)");
    assertThatThrownBy(() -> faults.before(Client::map).delay(Duration.ZERO))
        .hasMessage(
            "Client.map returns boolean to whoever calls it, so it cannot be late; say"
                + " answer(...) or throwing(...)");
  }

  @Test
  void an_answer_is_of_the_type_that_the_operation_returns() {
    assertThatThrownBy(() -> faults.before(Client::map).answer("no"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Client.map returns boolean, so a String is no answer");
    assertThatThrownBy(() -> faults.before(Client::map).answer(null))
        .hasMessage("Client.map returns boolean, so null is no answer");
    assertThatThrownBy(() -> faults.before(PhysicalNic::fail).answer(1))
        .hasMessage("PhysicalNic.fail returns void, so a Integer is no answer; say drop()");
    faults.before(PhysicalNic::freeFunction).answer(null).lenient();
  }

  @Test
  void a_packet_has_one_fate() {
    String message =
        "PhysicalNic.transmit hands a packet over, which has exactly one fate, so it cannot %s; use"
            + " the faults of a wire, such as cable.toHost().lose(...)";
    assertThatThrownBy(() -> faults.before(PhysicalNic::transmit).drop())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message.formatted("get lost or be late"));
    assertThatThrownBy(() -> faults.before(PhysicalNic::transmit).duplicate())
        .hasMessage(message.formatted("happen twice"));
  }

  @Test
  void durations_and_numbers_of_calls_are_checked() {
    assertThatThrownBy(() -> faults.before(PhysicalNic::fail).delay(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("delay PT-0.000000001S must not be negative");
    assertThatThrownBy(() -> faults.before(PhysicalNic::fail).onCall(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("call 0: calls are counted from 1");
  }

  @Test
  void what_cannot_fail_says_so() {
    assertThatThrownBy(() -> faults.before(Channel::setCapacity).failActor())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Channel.setCapacity is carried out by a Channel, which cannot fail; of [PhysicalNic,"
                + " VirtualFunction, Host, Tenancy, Interconnect, Cable, Monitor, VirtualMachine,"
                + " Application, Migration] it is known how; say run(call -> ...)");
  }

  @Test
  @SuppressWarnings("ReturnValueIgnored") // the references are wrong on purpose
  void what_is_no_operation_of_a_device_says_so() {
    assertThatThrownBy(() -> faults.before(String::length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "this is no operation of a device that has faults; devices are [AddressPool,"
                + " Application,")
        .hasMessageEndingWith(" VirtualMachine, VirtualSwitch, VirtualSwitchingTable, Vnic]");
    assertThatThrownBy(() -> faults.before(PhysicalNic::toString))
        .hasMessage(
            "no operation of PhysicalNic was called that can have faults; name one method, such as"
                + " PhysicalNic::fail, that is neither static nor final, and is not inherited from"
                + " Object");
    assertThatThrownBy(() -> faults.before(String.class, String::length))
        .hasMessageStartingWith("String is no device that has faults; devices are [");
  }

  @Test
  void an_argument_that_is_not_there_says_so() {
    List<String> messages = new ArrayList<>();
    faults
        .before(PhysicalNic::setVirtualFunctions)
        .run(
            call -> {
              try {
                messages.add(call.argument(String.class));
              } catch (IllegalArgumentException e) {
                messages.add(e.getMessage());
              }
            });

    p1.setVirtualFunctions(2);
    assertThat(messages).containsExactly("no argument is a String; they are [2]");
  }

  @Test
  void faults_are_those_of_one_lab() {
    assertThatThrownBy(() -> Lab.builder().parts(faults).open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("these faults are those of another lab; give each lab its own: new Faults()");
    try (Lab plain = Lab.open()) {
      assertThatThrownBy(() -> Faults.of(plain))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the lab was opened without faults; open it with Lab.builder().parts(new Faults())");
    }
  }

  // ---- how operations are named ----

  @Test
  void operations_of_any_number_of_arguments_are_named_by_reference() {
    assertThat(FaultPoint.before(PhysicalNic::fail)).hasToString("before PhysicalNic.fail");
    assertThat(FaultPoint.after(Channel::setCapacity)).hasToString("after Channel.setCapacity");
    assertThat(FaultPoint.before(VirtualFunction::setRate))
        .hasToString("before VirtualFunction.setRate");
    assertThat(FaultPoint.before(PhysicalNic::flap)).hasToString("before PhysicalNic.flap");
    assertThat(
            FaultPoint.before(MemoryPool.class, pool -> pool.reserve("web", MemorySize.bytes(1))))
        .hasToString("before MemoryPool.reserve");
    assertThat(FaultPoint.after(VirtualMachine.class, vm -> vm.pause()))
        .hasToString("after VirtualMachine.pause");
  }

  @Test
  void faults_may_be_planned_before_the_lab_is_opened() {
    Faults early = new Faults();
    Fault third = early.after(Client::map).onCall(1).run(call -> {});
    try (Lab opened = Lab.builder().parts(early).open()) {
      assertThat(third.fired()).isEqualTo(1);
      assertThat(early.planned()).containsExactly(third);
      assertThat(opened.vm("vm1").directAccessThrough()).isEqualTo("p0");
    }
  }
}
