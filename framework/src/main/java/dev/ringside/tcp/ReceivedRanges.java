// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import java.util.Arrays;

/** What has come too early: ranges that do not touch each other, in order. */
final class ReceivedRanges {

  private int[] starts = {};
  private int[] ends = {};
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** Where the first range starts that ends behind this place; the largest number if none does. */
  int nextStart(int place) {
    for (int i = 0; i < size; i++) {
      if (ends[i] > place) {
        return starts[i];
      }
    }
    return Integer.MAX_VALUE;
  }

  /** Where the range ends that this place is in; the place itself if it is in none. */
  int endFrom(int place) {
    for (int i = 0; i < size; i++) {
      if (starts[i] <= place && place < ends[i]) {
        return ends[i];
      }
    }
    return place;
  }

  /** Adds a range, and joins it with those that it touches. */
  void add(int start, int end) {
    int first = 0;
    while (first < size && ends[first] < start) {
      first++;
    }
    int behind = first;
    int from = start;
    int to = end;
    while (behind < size && starts[behind] <= end) {
      from = Math.min(from, starts[behind]);
      to = Math.max(to, ends[behind]);
      behind++;
    }
    replace(first, behind, from, to);
  }

  private void replace(int first, int behind, int from, int to) {
    if (behind == first && size == starts.length) {
      starts = Arrays.copyOf(starts, size + 8);
      ends = Arrays.copyOf(ends, size + 8);
    }
    int tail = size - behind;
    System.arraycopy(starts, behind, starts, first + 1, tail);
    System.arraycopy(ends, behind, ends, first + 1, tail);
    starts[first] = from;
    ends[first] = to;
    size = first + 1 + tail;
  }

  /** Forgets what is before this place. */
  void forgetBefore(int place) {
    int gone = 0;
    while (gone < size && ends[gone] <= place) {
      gone++;
    }
    size -= gone;
    System.arraycopy(starts, gone, starts, 0, size);
    System.arraycopy(ends, gone, ends, 0, size);
  }
}
