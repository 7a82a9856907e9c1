// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.proxies;

import static dev.ringside.properties.proxies.Flood.Move.A_PAUSES;
import static dev.ringside.properties.proxies.Flood.Move.A_RELEASES;
import static dev.ringside.properties.proxies.Flood.Move.A_RESUMES;
import static dev.ringside.properties.proxies.Flood.Move.A_SENDS;
import static dev.ringside.properties.proxies.Flood.Move.B_PAUSES;
import static dev.ringside.properties.proxies.Flood.Move.B_RELEASES;
import static dev.ringside.properties.proxies.Flood.Move.B_RESUMES;
import static dev.ringside.properties.proxies.Flood.Move.B_SENDS;
import static dev.ringside.properties.proxies.Flood.Move.POLL_TO_A;
import static dev.ringside.properties.proxies.Flood.Move.POLL_TO_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.properties.proxies.Flood.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every order in which two guests can send, drain, release, pause and resume, with channels and
 * memory for one packet each: once both drain, nobody waits and everything has arrived.
 */
class InterleavingSearchTest {

  /** The orders that end badly, and how many there were. */
  private static final class Search {
    private final boolean polled;
    private final Consumer<Flood> drain;
    private final List<String> bad = new ArrayList<>();
    private int orders;

    Search(boolean polled, Consumer<Flood> drain) {
      this.polled = polled;
      this.drain = drain;
    }

    Search over(Move... moves) {
      int[] left = new int[Move.values().length];
      for (Move move : moves) {
        left[move.ordinal()]++;
      }
      next(left, new ArrayList<>(moves.length), moves.length);
      return this;
    }

    private void next(int[] left, List<Move> order, int length) {
      if (order.size() == length) {
        run(order);
        return;
      }
      for (Move move : Move.values()) {
        if (left[move.ordinal()] > 0) {
          left[move.ordinal()]--;
          order.add(move);
          next(left, order, length);
          order.remove(order.size() - 1);
          left[move.ordinal()]++;
        }
      }
    }

    private void run(List<Move> order) {
      orders++;
      try (Flood flood = new Flood(polled)) {
        for (Move move : order) {
          flood.apply(move);
        }
        drain.accept(flood);
        String verdict = flood.verdict();
        if (!verdict.isEmpty()) {
          bad.add(order + " " + verdict);
        }
      }
    }
  }

  private static Search search(boolean polled) {
    return new Search(polled, flood -> Flood.drain(flood.lab()));
  }

  @Test
  void sends_releases_and_pauses_in_every_order() {
    Search search =
        search(false)
            .over(A_SENDS, A_SENDS, A_SENDS, B_SENDS, B_SENDS, A_RELEASES, B_PAUSES, B_RESUMES);
    assertThat(search.bad).isEmpty();
    assertThat(search.orders).isEqualTo(3_360);
  }

  @Test
  void both_pause_and_resume_in_every_order() {
    Search search =
        search(false)
            .over(A_SENDS, A_SENDS, B_SENDS, B_SENDS, A_PAUSES, A_RESUMES, B_PAUSES, B_RESUMES);
    assertThat(search.bad).isEmpty();
    assertThat(search.orders).isEqualTo(10_080);
  }

  @Test
  void polled_channels_in_every_order() {
    Search search =
        search(true)
            .over(A_SENDS, A_SENDS, B_SENDS, B_SENDS, POLL_TO_A, POLL_TO_B, A_RELEASES, B_RELEASES);
    assertThat(search.bad).isEmpty();
    assertThat(search.orders).isEqualTo(10_080);
  }

  @Test
  void every_sequence_of_five_moves() {
    Move[] moves = Move.values(); // ten
    Search search = search(false);
    for (int number = 0; number < 100_000; number++) {
      List<Move> order = new ArrayList<>(5);
      for (int rest = number, i = 0; i < 5; i++, rest /= moves.length) {
        order.add(moves[rest % moves.length]);
      }
      search.run(order);
    }
    assertThat(search.bad).isEmpty();
    assertThat(search.orders).isEqualTo(100_000);
  }

  /** A guest that stops draining while it is blocked on sending: each waits for the other. */
  @Test
  void the_search_finds_guests_that_do_not_drain_while_they_are_blocked() {
    Search search = new Search(false, flood -> {});
    search.over(A_SENDS, A_SENDS, A_SENDS, B_SENDS, B_SENDS, B_SENDS);
    assertThat(search.bad)
        .hasSize(search.orders)
        .first()
        .asString()
        .contains(
            "a>b waits for 60 bytes of memory of b",
            "a/net0 waits for 1 slot of channel a>b",
            "b>a waits for 60 bytes of memory of a",
            "b/net0 waits for 1 slot of channel b>a");
  }
}
