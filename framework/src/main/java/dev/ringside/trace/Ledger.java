// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fates of all packets of a lab: every one that was created or cloned has been delivered or
 * dropped for a reason, or is still somewhere.
 *
 * <pre>{@code
 * lab.ledger().violations(); // empty, or a line for each device whose counters do not add up
 * }</pre>
 */
public final class Ledger {

  private final List<Account> accounts = new ArrayList<>(32);
  private final @Nullable Journal journal;
  private final Object lock;

  /** A bit for each reason. */
  private int expected;

  /** Creates a ledger without accounts. */
  public Ledger() {
    this.journal = null;
    this.lock = this;
  }

  /**
   * Creates a ledger without accounts whose packets' ways this journal tells.
   *
   * @param lock the lab's lock, so that whoever reads sees no operation half done
   */
  public Ledger(Journal journal, Object lock) {
    this.journal = journal;
    this.lock = lock;
  }

  /** The journal that tells the ways of the packets, null if there is none. */
  public @Nullable Journal journal() {
    return journal;
  }

  /** Opens an account. */
  public Account open(Stage stage, String name, Account.Holder holder) {
    return add(new Account(stage, name, holder, journal));
  }

  /** Opens an account for a device that never keeps a packet. */
  public Account open(Stage stage, String name) {
    return add(new Account(stage, name, null, journal));
  }

  private Account add(Account account) {
    accounts.add(account);
    return account;
  }

  /** The accounts, in the order in which the devices were made. */
  public List<Account> accounts() {
    synchronized (lock) {
      return List.copyOf(accounts);
    }
  }

  /** Packets that entered the lab: sent by the test, by a virtual machine, by a device itself. */
  public long injected() {
    return sum(Count.CREATED);
  }

  /** Copies that floods and mirrors made. */
  public long cloned() {
    return sum(Count.CLONED);
  }

  /** Packets that reached an end that they were meant for. */
  public long delivered() {
    return sum(Count.DELIVERED);
  }

  /** Packets dropped anywhere, for any reason. */
  public long dropped() {
    return sum(Count.DROPPED);
  }

  /** Packets dropped anywhere for this reason. */
  public long dropped(DropReason reason) {
    synchronized (lock) {
      long sum = 0;
      for (Account account : accounts) {
        sum += account.dropped(reason);
      }
      return sum;
    }
  }

  /** What can be added up over all devices. */
  private enum Count {
    CREATED,
    CLONED,
    DELIVERED,
    DROPPED,
    LIVE;

    long of(Account account) {
      return switch (this) {
        case CREATED -> account.created();
        case CLONED -> account.cloned();
        case DELIVERED -> account.delivered();
        case DROPPED -> account.dropped();
        case LIVE -> account.live();
      };
    }
  }

  private long sum(Count count) {
    synchronized (lock) {
      long sum = 0;
      for (Account account : accounts) {
        sum += count.of(account);
      }
      return sum;
    }
  }

  /**
   * Says that packets may be lost for these reasons from now on: the check after a test does not
   * complain about them. Faults do this by themselves, where they are put in.
   */
  public void expectDrops(DropReason... reasons) {
    synchronized (lock) {
      for (DropReason reason : reasons) {
        expected |= 1 << reason.ordinal();
      }
    }
  }

  /** Whether packets may be lost for this reason: it was expected, or is no loss at all. */
  public boolean expectsDrops(DropReason reason) {
    return !reason.isLoss() || (expected & 1 << reason.ordinal()) != 0;
  }

  /** Packets that are in some ring, queue or cable now. */
  public long live() {
    return sum(Count.LIVE);
  }

  /**
   * Checks the law, for each device and for the lab as a whole.
   *
   * @return a line for each violation; empty when the law holds
   */
  public List<String> violations() {
    synchronized (lock) {
      return violationsNow();
    }
  }

  private List<String> violationsNow() {
    List<String> violations = new ArrayList<>(0);
    long lost = 0;
    for (Account account : accounts) { // once: this is done after every test
      long live = account.live();
      long missing = account.missing(live);
      if (missing != 0) {
        violations.add(missing + " packets are unaccounted for at " + account);
      }
      lost += account.created() + account.cloned();
      lost -= account.delivered() + account.dropped() + live;
    }
    if (lost != 0) {
      violations.add(
          "lab: injected "
              + injected()
              + " + cloned "
              + cloned()
              + " is not delivered "
              + delivered()
              + " + dropped "
              + dropped()
              + " + live "
              + live());
    }
    return violations;
  }
}
