package dev.snowgate.model.agent;

/**
 * One human being, equal in all issuers: the configured mapping (by default the verified e-mail address in lower case)
 * has been applied. The four-eyes rule compares this value.
 *
 * @param issuer alias of the issuer that vouched for the claim
 * @param claim the mapped claim value; equality of people is decided on this value alone
 */
public record PersonId(String issuer, String claim) {
    /** Whether both name the same human being, whichever issuer vouched. */
    public boolean samePerson(PersonId other) {
        return claim.equals(other.claim);
    }

    @Override
    public String toString() {
        return claim;
    }
}
