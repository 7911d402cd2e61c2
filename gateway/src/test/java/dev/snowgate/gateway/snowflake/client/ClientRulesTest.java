package dev.snowgate.gateway.snowflake.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.snowgate.catalog.ObjectKind;
import dev.snowgate.model.agent.SessionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRulesTest {
    @TempDir
    private Path folder;

    @Test
    void a_key_pair_token_names_account_user_and_fingerprint_and_lives_a_minute() throws Exception {
        // Given
        KeyPairCredential credential = new KeyPairCredential(
                PrivateKeyFile.read(UpstreamFixture.KEY_FILE), "acme.eu-central-1", "copilot", Clock.systemUTC());

        // When
        SignedJWT token = SignedJWT.parse(credential.token());

        // Then
        String fingerprint = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(UpstreamFixture.keyPair().getPublic().getEncoded()));
        assertThat(token.verify(new RSASSAVerifier(
                        (RSAPublicKey) UpstreamFixture.keyPair().getPublic())))
                .isTrue();
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("ACME.COPILOT.SHA256:" + fingerprint);
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("ACME.COPILOT");
        assertThat(token.getJWTClaimsSet().getExpirationTime().getTime()
                        - token.getJWTClaimsSet().getIssueTime().getTime())
                .isEqualTo(60_000);
        assertThat(credential.toString()).doesNotContain(token.serialize());
    }

    @ParameterizedTest
    @CsvSource({"acme,ACME", "acme.eu-west-1.aws,ACME", "org-acme,ORG-ACME", "acme-x1.global,ACME"})
    void accounts_are_cut_as_drivers_do(String account, String expected) {
        assertThat(KeyPairCredential.accountLocator(account)).isEqualTo(expected);
    }

    @Test
    void a_broken_key_file_is_named_and_never_quoted() throws IOException {
        // Given
        Path file = folder.resolve("broken.p8");
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0LXN0dWZm\n-----END PRIVATE KEY-----\n");

        // Then
        assertThatThrownBy(() -> PrivateKeyFile.read(file))
                .hasMessageContaining("broken.p8")
                .hasMessageNotContaining("c2VjcmV0")
                .hasNoCause();
        assertThatThrownBy(() -> PrivateKeyFile.read(folder.resolve("none.p8"))).hasMessageContaining("none.p8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://bucket.s3.eu-central-1.amazonaws.com/a?sig=1",
                "https://BUCKET.s3.amazonaws.com:443/a",
                "http://127.0.0.1:9000/a",
                "https://storage.example/a"
            })
    void announced_hosts_are_allowed(String url) {
        assertThat(hosts().allows(URI.create(url))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://bucket.s3.amazonaws.com/a",
                "https://amazonaws.com/a",
                "https://evilamazonaws.com/a",
                "https://bucket.s3.amazonaws.com:8443/a",
                "https://bucket.s3.amazonaws.com.evil.example/a",
                "https://user@bucket.s3.amazonaws.com/a",
                "https://storage.example:444/a",
                "http://127.0.0.1:9001/a",
                "https://169.254.169.254/latest",
                "file:///etc/passwd",
                "https:///a"
            })
    void other_places_are_not(String url) {
        assertThat(hosts().allows(URI.create(url))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3,true",
        "172.16.0.1,true",
        "192.168.1.1,true",
        "127.0.0.1,true",
        "169.254.169.254,true",
        "100.64.0.1,true",
        "0.0.0.0,true",
        "::1,true",
        "fe80::1,true",
        "fd00::1,true",
        "52.216.1.1,false",
        "2600:1f00::1,false"
    })
    void internal_addresses_are_told_from_public_ones(String address, boolean internal) throws Exception {
        assertThat(StorageHosts.isInternal(InetAddress.getByName(address))).isEqualTo(internal);
    }

    @Test
    void a_public_name_that_leads_inside_is_not_followed() throws Exception {
        URI url = URI.create("https://bucket.s3.amazonaws.com/a");

        assertThat(hosts().allows(url, InetAddress.getByName("169.254.169.254")))
                .isFalse();
        assertThat(hosts().allows(url, InetAddress.getByName("52.216.1.1"))).isTrue();
        assertThat(hosts().allows(URI.create("http://127.0.0.1:9000/a"), InetAddress.getByName("127.0.0.1")))
                .isTrue();
    }

    @Test
    void a_whole_top_level_domain_cannot_be_opened() {
        assertThatThrownBy(() -> new StorageHosts(List.of("*.com"))).hasMessageContaining("allowed-hosts");
    }

    private static StorageHosts hosts() {
        return new StorageHosts(List.of("*.amazonaws.com", "storage.example", "127.0.0.1:9000"));
    }

    @Test
    void the_query_of_a_view_is_found_past_quotes_comments_and_parentheses() {
        assertThat(ViewText.query("create or replace view V (A comment 'as select 1', B) comment = 'x as select 2 --' "
                        + "/* as select 3 */ AS SELECT \"AS\" FROM T"))
                .contains("SELECT \"AS\" FROM T");
        assertThat(ViewText.query("  with x as (select 1) select * from x"))
                .contains("with x as (select 1) select * from x");
        assertThat(ViewText.query("create secure view V\nas\nselect 1")).contains("select 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "create view V", "create view V comment='as select 1", "drop view V", "create view V as"})
    void a_view_whose_query_is_not_found_has_none(String text) {
        assertThat(ViewText.query(text)).isEmpty();
    }

    @Test
    void database_names_are_quoted_in_our_own_statements() {
        assertThat(GatewayStatement.VIEWS_OF_DATABASE.in("A\"; DROP")).contains("\"A\"\"; DROP\".INFORMATION_SCHEMA");
        assertThatThrownBy(() -> GatewayStatement.VIEWS_OF_DATABASE.in(""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GatewayStatement.VIEWS_OF_DATABASE.in("A\nB"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(GatewayStatement.VIEWS_OF_DATABASE::text).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_statement_that_is_sent_again_keeps_its_number() {
        StatementSequence sequence = new StatementSequence();
        SessionId session = SessionId.random();
        UUID first = UUID.randomUUID();

        assertThat(sequence.of(session, first)).isEqualTo(1);
        assertThat(sequence.of(session, UUID.randomUUID())).isEqualTo(2);
        assertThat(sequence.of(session, first)).isEqualTo(1);
        assertThat(sequence.of(SessionId.random(), UUID.randomUUID())).isEqualTo(1);
    }

    @Test
    void an_unknown_kind_of_object_is_never_taken_for_a_table() {
        assertThat(CatalogLookup.kind("EVENT TABLE")).isEqualTo(ObjectKind.OTHER);
        assertThat(CatalogLookup.kind("base table")).isEqualTo(ObjectKind.TABLE);
    }

    @ParameterizedTest
    @CsvSource({"PROD,PROD", "my db,\"my db\"", "a\"b,\"a\"\"b\"", "1A,\"1A\"", "_X$1,_X$1"})
    void names_are_sent_as_snowflake_reads_them_in_a_log_in(String stored, String expected) {
        assertThat(DriverLogIn.identifier(stored)).isEqualTo(expected);
    }
}
