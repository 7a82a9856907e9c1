// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a world writes down of its packets and devices, and what else its devices have from it. */
class WorldRecordTest {

  private final World world = new World(Seed.of(7), 100, true);
  private final World silent = new World(Seed.of(7), 100, false);
  private final Account account = world.ledger().open(Stage.PNIC, "p0");
  private final Account unseen = silent.ledger().open(Stage.PNIC, "p0");
  private final Packet packet = udp().to(Endpoint.STATION).port(53).toPacket();

  private Hop lastHop() {
    List<JournalEntry> entries = world.journal().entries();
    return Objects.requireNonNull(entries.get(entries.size() - 1).hop());
  }

  // ---- packets ----

  @Test
  void a_packet_that_comes_into_being_gets_the_next_number() {
    Packet first = world.inject(account, packet);
    Packet second = world.inject(account, packet);

    assertThat(first.id()).isEqualTo(1);
    assertThat(second.id()).isEqualTo(2);
    assertThat(account.created()).isEqualTo(2);
    assertThat(lastHop())
        .isEqualTo(new Hop(second, Stage.PNIC, "p0", Hop.Fate.INJECTED, null, second.toString()));
  }

  @Test
  void a_copy_gets_the_next_number_and_names_the_packet_that_it_is_of() {
    Packet first = world.inject(account, packet);
    Packet copy = world.copy(account, first);

    assertThat(copy.id()).isEqualTo(2);
    assertThat(account.cloned()).isEqualTo(1);
    assertThat(lastHop()).isEqualTo(Hop.cloned(copy, Stage.PNIC, "p0", first));
    assertThat(lastHop().copiedFrom()).isEqualTo(1);
  }

  @Test
  void what_becomes_of_a_packet_is_written_down_at_its_time_and_counted() {
    world.advance(Duration.ofNanos(5));

    world.passed(account, packet);
    assertThat(lastHop()).isEqualTo(new Hop(packet, Stage.PNIC, "p0", Hop.Fate.PASSED, null, ""));
    world.passed(account, packet, "goes on");
    assertThat(lastHop())
        .isEqualTo(new Hop(packet, Stage.PNIC, "p0", Hop.Fate.PASSED, null, "goes on"));
    world.delivered(account, packet);
    assertThat(lastHop())
        .isEqualTo(new Hop(packet, Stage.PNIC, "p0", Hop.Fate.DELIVERED, null, ""));
    world.dropped(account, packet, DropReason.NO_MATCH, "for nobody");
    assertThat(lastHop())
        .isEqualTo(
            new Hop(packet, Stage.PNIC, "p0", Hop.Fate.DROPPED, DropReason.NO_MATCH, "for nobody"));

    assertThat(world.journal().entries()).hasSize(4).allMatch(entry -> entry.nanos() == 5);
    assertThat(account.delivered()).isEqualTo(1);
    assertThat(account.dropped(DropReason.NO_MATCH)).isEqualTo(1);
  }

  @Test
  void without_tracing_packets_are_counted_and_stay_as_they_are() {
    assertThat(silent.inject(unseen, packet)).isSameAs(packet);
    assertThat(silent.copy(unseen, packet)).isSameAs(packet);
    silent.passed(unseen, packet);
    silent.passed(unseen, packet, "goes on");
    silent.delivered(unseen, packet);
    silent.dropped(unseen, packet, DropReason.NO_MATCH, "for nobody");

    assertThat(unseen.created()).isEqualTo(1);
    assertThat(unseen.cloned()).isEqualTo(1);
    assertThat(unseen.delivered()).isEqualTo(1);
    assertThat(unseen.dropped()).isEqualTo(1);
    assertThat(silent.journal().entries()).isEmpty();
    assertThat(silent.isTracing()).isFalse();
    assertThat(world.isTracing()).isTrue();
  }

  @Test
  void events_are_written_down_also_without_tracing() {
    silent.advance(Duration.ofNanos(3));
    silent.record("h1", Event.linkUp("p0"), "10 Gbit/s");
    silent.record("h1", EventKind.CREATED, "pnic p2");

    assertThat(silent.journal().entries())
        .extracting(JournalEntry::toString)
        .containsExactly(
            "             3 ns  h1: link up p0 (10 Gbit/s)",
            "             3 ns  h1: created pnic p2");
  }

  // ---- operations ----

  @Test
  void a_delivery_is_an_operation() {
    List<String> happened = new ArrayList<>();

    world.deliver(
        taken -> {
          world.schedule(0, () -> happened.add("caused"));
          happened.add("taken " + (taken == packet));
        },
        packet);

    assertThat(happened).containsExactly("taken true", "caused");
    world.close();
    assertThatThrownBy(() -> world.deliver(taken -> happened.add("no"), packet))
        .isInstanceOf(IllegalStateException.class);
    assertThat(happened).hasSize(2);
  }

  @Test
  void what_a_delivery_throws_comes_out_of_it_after_what_it_has_caused() {
    List<String> happened = new ArrayList<>();

    assertThatThrownBy(
            () ->
                world.deliver(
                    taken -> {
                      world.schedule(0, () -> happened.add("caused"));
                      throw new IllegalStateException("no");
                    },
                    packet))
        .hasMessage("no");
    assertThatThrownBy(
            () ->
                world.deliver(
                    taken ->
                        world.schedule(
                            0,
                            () -> {
                              throw new IllegalStateException("later");
                            }),
                    packet))
        .hasMessage("later");

    assertThat(happened).containsExactly("caused");
    world.run(() -> happened.add("the next"));
    assertThat(happened).containsExactly("caused", "the next");
  }

  @Test
  void an_operation_with_a_result_that_throws_leaves_nothing_behind() {
    List<String> happened = new ArrayList<>();

    assertThatThrownBy(
            () ->
                world.<Integer>call(
                    () -> {
                      world.schedule(0, () -> happened.add("caused"));
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(happened).containsExactly("caused");
    world.advance(Duration.ofNanos(1)); // refused inside an operation
  }

  @Test
  void what_comes_afterwards_comes_after_the_event_at_its_time() {
    List<String> happened = new ArrayList<>();
    world.run(
        () -> {
          world.afterwards(() -> happened.add("afterwards at " + world.now()));
          happened.add("operation");
        });

    assertThat(happened).containsExactly("operation", "afterwards at 0");
  }

  @Test
  void as_many_events_as_may_be_at_one_instant_are_no_error() {
    World bounded = new World(Seed.DEFAULT, 10, true, null, 3);
    List<Long> happened = new ArrayList<>();
    Runnable three =
        () -> {
          for (int i = 0; i < 3; i++) {
            bounded.schedule(0, () -> happened.add(bounded.now()));
          }
        };

    bounded.run(three);

    assertThat(happened).hasSize(3);
    assertThatThrownBy(
            () ->
                bounded.run(
                    () -> {
                      three.run();
                      bounded.schedule(0, () -> happened.add(-1L));
                    }))
        .hasMessageStartingWith("events keep causing each other at 0 ns: 3 and no end");
  }

  @Test
  void what_is_to_happen_at_the_end_happens_once() {
    List<String> happened = new ArrayList<>();
    world.atClose(() -> happened.add("first"));
    world.atClose(() -> happened.add("second"));

    world.close();
    world.close();

    assertThat(happened).containsExactly("first", "second");
  }

  // ---- what devices have from it ----

  @Test
  void chance_comes_from_the_seed() {
    assertThat(world.seed()).isEqualTo(Seed.of(7));
    assertThat(world.random("loss").nextLong())
        .isEqualTo(Seed.of(7).stream("loss").nextLong())
        .isNotEqualTo(world.random("delay").nextLong());
  }

  @Test
  void keeps_the_faults_that_were_planned() {
    PlannedFault first = new Planned("p0");
    PlannedFault second = new Planned("p1");
    assertThat(world.plannedFaults()).isEmpty();

    world.plan(first);
    world.plan(second);

    assertThat(world.plannedFaults()).containsExactly(first, second);
  }

  private record Planned(String place) implements PlannedFault {
    @Override
    public String whyUnused() {
      return "";
    }
  }

  @Test
  void has_one_list_of_those_that_wait() {
    assertThat(world.waiters()).isEmpty();
    assertThat(world.waits()).isSameAs(world.waits());
    assertThat(world.waiters()).isEmpty();
  }
}
