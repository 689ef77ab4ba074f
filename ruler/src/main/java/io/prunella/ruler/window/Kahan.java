package io.prunella.ruler.window;

/** A sum with the part that rounding took from it, added up as Prometheus does: Kahan's way, as Neumaier improved it. */
final class Kahan {
    private double sum;
    private double lost;

    void reset(double start) {
        sum = start;
        lost = 0;
    }

    void add(double value) {
        double next = sum + value;
        if (Double.isInfinite(next)) {
            lost = 0;
        } else if (Math.abs(sum) >= Math.abs(value)) {
            lost += (sum - next) + value;
        } else {
            lost += (value - next) + sum;
        }
        sum = next;
    }

    /** Goes on from there. */
    void set(double newSum, double newLost) {
        sum = newSum;
        lost = newLost;
    }

    /** Both parts together. */
    double total() {
        return sum + lost;
    }

    double sum() {
        return sum;
    }

    double lost() {
        return lost;
    }
}
