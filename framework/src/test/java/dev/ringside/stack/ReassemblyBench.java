// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.ip;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.IpSpec;
import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Journal;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Takes fragments one by one, and checks after every test that none is unaccounted for. */
abstract class ReassemblyBench {

  final World world = new World(Seed.DEFAULT, Journal.DEFAULT_CAPACITY, true);
  final Account account = world.ledger().open(Stage.STACK, "b", this::live);
  final Reassembly reassembly = new Reassembly(world, account);
  private long ids;
  private int wholes;

  private long live() {
    return reassembly.live();
  }

  @AfterEach
  void no_fragment_is_unaccounted_for() {
    assertThat(account.missing()).isEqualTo(wholes); // whose fate is the caller's to tell
  }

  /** Eight bytes of a datagram of a protocol that has no header. */
  static IpSpec part(int offset, boolean more) {
    return ip(253).from(A).to(B).identification(1).fragment(offset, more).payloadSize(8);
  }

  final @Nullable Packet add(Packet fragment) {
    account.addReceived();
    Packet whole = world.call(() -> reassembly.add(fragment.withId(++ids), null, 0));
    wholes += whole == null ? 0 : 1;
    return whole;
  }

  final @Nullable Packet addAll(List<Packet> fragments) {
    Packet whole = null;
    for (Packet fragment : fragments) {
      assertThat(whole).isNull();
      whole = add(fragment);
    }
    return whole;
  }

  final void advanceSeconds(int seconds) {
    world.advance(Duration.ofSeconds(seconds));
  }

  final List<String> hops() {
    List<String> hops = new ArrayList<>();
    for (JournalEntry entry : world.journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null) {
        hops.add("#" + hop.packet().id() + " " + hop.fate() + " " + hop.detail());
      }
    }
    return hops;
  }
}
