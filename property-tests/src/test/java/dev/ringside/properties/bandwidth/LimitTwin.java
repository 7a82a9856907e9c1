// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.bandwidth;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a limit of so many bytes in a tick lets pass, said as simply as possible: a packet passes if
 * nobody waits and there is room in the tick, or the tick is empty; else it waits, if with it no
 * more than four ticks' bytes wait, or none does; else it is lost.
 */
final class LimitTwin {

  private record Waiting(int number, int length) {}

  private final long bytesPerTick;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final List<Integer> passed = new ArrayList<>();
  private long used;
  private int lost;

  LimitTwin(long bytesPerTick) {
    this.bytesPerTick = bytesPerTick;
  }

  private boolean fits(int length) {
    return used == 0 || used + length <= bytesPerTick;
  }

  void offer(int number, int length) {
    if (waiting.isEmpty() && fits(length)) {
      pass(number, length);
    } else if (waiting.isEmpty() || waitingBytes() + length <= 4 * bytesPerTick) {
      waiting.add(new Waiting(number, length));
    } else {
      lost++;
    }
  }

  private long waitingBytes() {
    return waiting.stream().mapToLong(Waiting::length).sum();
  }

  private void pass(int number, int length) {
    used += length;
    passed.add(number);
  }

  void nextTick() {
    used = 0;
    while (!waiting.isEmpty() && fits(waiting.getFirst().length)) {
      Waiting first = waiting.removeFirst();
      pass(first.number, first.length);
    }
  }

  /** The numbers of the packets that it has let pass, in their order. */
  List<Integer> passed() {
    return passed;
  }

  int lost() {
    return lost;
  }
}
