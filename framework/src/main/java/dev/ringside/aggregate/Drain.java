// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import java.util.ArrayList;
import java.util.List;

/**
 * Waits until what the host has sent so far has left all active NICs. It looks at one after the
 * other; what is sent meanwhile does not count. When a NIC leaves, whose packets are sent anew, it
 * begins again.
 */
final class Drain {

  private final SpreadUplink uplink;
  private final List<Runnable> waiting = new ArrayList<>(2);
  private int round;

  Drain(SpreadUplink uplink) {
    this.uplink = uplink;
  }

  void whenSent(Runnable action) {
    waiting.add(action);
    begin();
  }

  /** Looks at all NICs again; also called when what was held is sent. */
  void begin() {
    if (!waiting.isEmpty()) {
      round++;
      new Round(round, List.copyOf(uplink.members())).run();
    }
  }

  private void done() {
    List<Runnable> due = List.copyOf(waiting);
    waiting.clear();
    for (Runnable action : due) {
      action.run();
    }
  }

  /** One way along the NICs. */
  private final class Round implements Runnable {
    private final int number;
    private final List<Member> members;
    private int next;

    Round(int number, List<Member> members) {
      this.number = number;
      this.members = members;
    }

    @Override
    public void run() {
      if (number != round || !uplink.isDrained()) {
        return;
      }
      if (next < members.size()) {
        members.get(next++).whenSent(this);
      } else {
        done();
      }
    }
  }
}
