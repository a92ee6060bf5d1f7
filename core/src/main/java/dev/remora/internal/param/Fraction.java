package dev.remora.internal.param;

import java.math.BigInteger;

/**
 * An exact number, in lowest terms.
 *
 * @param denominator at least 1
 */
record Fraction(long numerator, long denominator) {
    static final Fraction ZERO = new Fraction(0, 1);

    static Fraction of(long value) {
        return new Fraction(value, 1);
    }

    Fraction plus(Fraction other) {
        return reduced(
                big(numerator)
                        .multiply(big(other.denominator))
                        .add(big(other.numerator).multiply(big(denominator))),
                big(denominator).multiply(big(other.denominator)));
    }

    Fraction negated() {
        return new Fraction(Math.negateExact(numerator), denominator);
    }

    Fraction times(Fraction other) {
        return reduced(
                big(numerator).multiply(big(other.numerator)), big(denominator).multiply(big(other.denominator)));
    }

    Fraction dividedBy(Fraction other) {
        if (other.numerator == 0) {
            throw new ArithmeticException("division by zero");
        }
        return reduced(
                big(numerator).multiply(big(other.denominator)),
                big(denominator).multiply(big(other.numerator)));
    }

    /** Cuts towards zero. */
    long truncated() {
        return numerator / denominator;
    }

    private static Fraction reduced(BigInteger numerator, BigInteger denominator) {
        BigInteger divisor = numerator.gcd(denominator);
        BigInteger sign = BigInteger.valueOf(denominator.signum());
        return new Fraction(
                numerator.multiply(sign).divide(divisor).longValueExact(),
                denominator.multiply(sign).divide(divisor).longValueExact());
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }
}
