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

  private final List<Account> accounts = new ArrayList<>(24);
  private final @Nullable Journal journal;
  private final Object lock;

  /** A bit for each reason. */
  private int expected;

  /** A bit for each reason that must come. */
  private int announced;

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

  /** All that was counted, and whether it adds up. */
  public Balance balance() {
    synchronized (lock) {
      return new Balance(accounts);
    }
  }

  /** Packets that entered the lab: sent by the test, by a virtual machine, by a device itself. */
  public long injected() {
    return balance().injected();
  }

  /** Copies that floods and mirrors made. */
  public long cloned() {
    return balance().cloned();
  }

  /** Packets that reached an end that they were meant for. */
  public long delivered() {
    return balance().delivered();
  }

  /** Packets dropped anywhere, for any reason. */
  public long dropped() {
    return balance().dropped();
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

  /**
   * Says that packets may be lost for these reasons from now on: the check after a test does not
   * complain about them, nor that they did not come. Faults do this by themselves, where they are
   * put in.
   */
  public void expectDrops(DropReason... reasons) {
    synchronized (lock) {
      for (DropReason reason : reasons) {
        expected |= 1 << reason.ordinal();
      }
    }
  }

  /**
   * Says that packets will be lost for these reasons: besides being fine, a loss that never comes
   * is found by the check after the test.
   */
  public void announceDrops(DropReason... reasons) {
    synchronized (lock) {
      expectDrops(reasons);
      for (DropReason reason : reasons) {
        announced |= 1 << reason.ordinal();
      }
    }
  }

  /** Whether a loss for this reason was announced. */
  public boolean announces(DropReason reason) {
    return (announced & 1 << reason.ordinal()) != 0;
  }

  /** Whether any loss was announced. */
  public boolean announcesDrops() {
    return announced != 0;
  }

  /** Whether packets may be lost for this reason: it was expected, or is no loss at all. */
  public boolean expectsDrops(DropReason reason) {
    return !reason.isLoss() || (expected & 1 << reason.ordinal()) != 0;
  }

  /** Packets that are in some ring, queue or cable now. */
  public long live() {
    return balance().live();
  }

  /**
   * Checks the law, for each device and for the lab as a whole.
   *
   * @return a line for each violation; empty when the law holds
   */
  public List<String> violations() {
    return balance().violations();
  }
}
