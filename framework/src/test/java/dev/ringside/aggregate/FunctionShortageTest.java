// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.time.Seed;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guests without a virtual function stay on the slow path, until one is free. */
class FunctionShortageTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab shortOfTwo() {
    return labs.open(host -> host.pnics(2).virtualFunctions(2).vms("a", "b", "c", "d"));
  }

  private static List<String> direct(Lab lab) {
    List<String> direct = new ArrayList<>();
    for (var vm : lab.host().vms()) {
      if (vm.directAccessThrough() != null) {
        direct.add(vm.name() + " " + vm.directAccessThrough());
      }
    }
    return direct;
  }

  @Test
  void functions_go_to_guests_in_their_order_and_the_rest_stay_switched() {
    Lab lab = shortOfTwo();

    assertThat(direct(lab)).containsExactly("a p0", "b p0");
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWITCHED_ONLY);

    lab.host().pnic("p0").fail();

    assertThat(direct(lab)).containsExactly("a p1", "b p1");
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWITCHED_ONLY);
    assertThat(lab.journal().events())
        .contains(Event.functionMissing("c", "p1"), Event.functionMissing("d", "p1"));
  }

  @Test
  void switched_guests_reach_the_network_and_the_others() {
    Lab lab = shortOfTwo();

    lab.vm("c").ping(lab.vm("a"));
    lab.vm("a").ping(lab.vm("d"));
    lab.vm("d").ping(lab.vm("c"));
    lab.vm("c").ping(lab.wire());

    assertThat(lab.vm("c").received()).hasSize(3);
    assertThat(lab.vm("a").received()).hasSize(2);
    assertThat(lab.vm("d").received()).hasSize(2);
  }

  @Test
  void the_next_guest_in_order_gets_a_function_that_is_released() {
    Lab lab = shortOfTwo();

    lab.host().removeVm("a");
    assertThat(direct(lab)).containsExactly("b p0", "c p0");
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWITCHED_ONLY);

    lab.host().removeVm("b");
    assertThat(direct(lab)).containsExactly("c p0", "d p0");
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NORMAL);
  }

  @Test
  void nobody_is_short_once_the_one_who_was_is_gone() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("a", "b"));

    lab.host().removeVm("b");

    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NORMAL);
  }

  @Test
  void a_function_that_the_test_gives_back_is_used() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("a"));
    VirtualFunction taken = lab.host().pnic("p1").virtualFunction(0);
    taken.bind("somebody", new Nobody());

    lab.host().pnic("p0").fail();
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWITCHED_ONLY);
    lab.vm("a").send(number(1, lab.wire()));
    taken.unbind();

    assertThat(direct(lab)).containsExactly("a p1");
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NORMAL);
    lab.vm("a").send(number(2, lab.wire()));
    assertThat(numbers(lab.wire().received())).containsExactly(1, 2);
  }

  @Test
  void functions_that_are_enabled_later_are_used() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(0).vms("a", "b"));
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWITCHED_ONLY);

    lab.host().pnic("p0").setVirtualFunctions(2);

    assertThat(direct(lab)).containsExactly("a p0", "b p0");
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NORMAL);
  }

  @Test
  void a_guest_that_wants_none_is_not_short_of_one() {
    Lab lab =
        labs.open(
            host -> host.pnics(2).virtualFunctions(1).vm(VmSpec.named("s").switched()).vms("a"));

    assertThat(direct(lab)).containsExactly("a p0");
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NORMAL);
  }

  @Test
  void a_mapping_call_that_throws_leaves_the_guest_switched_and_fails_the_operation() {
    World world = new World(Seed.DEFAULT, 1_000, true);
    LinkAggregator aggregator = new LinkAggregator(world, "h1", "aggr0", AggregatorConfig.DEFAULT);
    FakeMember p0 = new FakeMember("p0");
    aggregator.addMember(p0);
    aggregator.start();
    RecordingClient broken =
        new RecordingClient("broken") {
          @Override
          public boolean map(Member member) {
            throw new IllegalStateException("no mapping for broken");
          }
        };
    RecordingClient sound = new RecordingClient("sound");

    assertThatThrownBy(
            () ->
                world.run(
                    () -> {
                      aggregator.addClient(broken);
                      aggregator.addClient(sound);
                    }))
        .hasMessage("no mapping for broken");

    assertThat(sound.isMapped(p0)).isTrue();
    assertThat(aggregator.state()).isEqualTo(AggregatorState.SWITCHED_ONLY);
    assertThat(world.journal().events(EventKind.FUNCTION_MISSING))
        .contains(Event.functionMissing("broken", "p0"));
    world.close();
  }

  private static final class Nobody implements dev.ringside.ring.Receiver {
    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public void accept(dev.ringside.packet.Packet packet) {}
  }
}
