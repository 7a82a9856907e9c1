// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * The accounts of all devices added up, at one time.
 *
 * <pre>{@code
 * Balance balance = lab.ledger().balance();
 * balance.injected() + balance.cloned(); // delivered + dropped + live
 * }</pre>
 */
public final class Balance {

  private final List<String> violations = new ArrayList<>(0);
  private long injected;
  private long cloned;
  private long delivered;
  private long dropped;
  private long live;

  Balance(List<Account> accounts) {
    for (int i = 0; i < accounts.size(); i++) { // once: this is done after every test
      add(accounts.get(i));
    }
    if (injected + cloned != delivered + dropped + live) {
      violations.add(
          "lab: injected "
              + injected
              + " + cloned "
              + cloned
              + " is not delivered "
              + delivered
              + " + dropped "
              + dropped
              + " + live "
              + live);
    }
  }

  private void add(Account account) {
    long liveHere = account.live();
    long missing = account.missing(liveHere);
    if (missing != 0) {
      violations.add(missing + " packets are unaccounted for at " + account);
    }
    injected += account.created();
    cloned += account.cloned();
    delivered += account.delivered();
    dropped += account.dropped();
    live += liveHere;
  }

  /** Packets that entered the lab: sent by the test, by a virtual machine, by a device itself. */
  public long injected() {
    return injected;
  }

  /** Copies that floods and mirrors made. */
  public long cloned() {
    return cloned;
  }

  /** Packets that reached an end that they were meant for. */
  public long delivered() {
    return delivered;
  }

  /** Packets dropped anywhere, for any reason. */
  public long dropped() {
    return dropped;
  }

  /** Packets that are in some ring, queue or cable. */
  public long live() {
    return live;
  }

  /** A line for each violation of the law, of a device or of the lab; empty when it holds. */
  public List<String> violations() {
    return violations;
  }
}
